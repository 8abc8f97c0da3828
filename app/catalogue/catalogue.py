"""All models, by key and by shelf."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.catalogue.errors import UnknownModelError
from app.catalogue.spec import Endpoint, ModelKey, ModelSpec, Status
from app.catalogue.tasks import Category
from app.catalogue.writers import TextModel, TextService


class Catalogue:
    """Every model of the files, immutable; built by `load_catalogue` only, so its specs are consistent."""

    def __init__(self, specs: Iterable[ModelSpec], texts: Iterable[TextModel] = ()) -> None:
        self._specs: Mapping[ModelKey, ModelSpec] = MappingProxyType({spec.key: spec for spec in specs})
        self.models = tuple(spec for spec in self._specs.values() if spec.status is Status.CURRENT)
        self.withdrawn = tuple(spec for spec in self._specs.values() if spec.status is not Status.CURRENT)
        self.texts = tuple(texts)

    @property
    def endpoints(self) -> Mapping[str, Endpoint]:
        """By KIE's model id, also of those not for sale any more: the endpoints that are not the jobs'."""
        return {it.id: it.endpoint for it in self._specs.values() if it.endpoint is not Endpoint.JOBS}

    def get(self, key: str) -> ModelSpec:
        """The model with this key, also a retired one (see its `status`); raises UnknownModelError."""
        spec = self._specs.get(ModelKey(key))
        if spec is None:
            raise UnknownModelError(key)
        return spec

    def serving(self, service: TextService) -> TextModel | None:
        """The text model that does this; None where the files have none."""
        return next((it for it in self.texts if it.serves is service), None)

    def current(self, key: str) -> ModelSpec | None:
        """The model that stands for this key: itself, or the successor of a withdrawn one; None for an unknown key."""
        spec = self._specs.get(ModelKey(key))
        if spec is None or spec.successor is None:
            return spec
        return self._specs.get(spec.successor)

    def in_category(self, category: Category) -> tuple[ModelSpec, ...]:
        """The models on one shelf, in the order of the shelves; each model is on exactly one."""
        return tuple(spec for spec in self.models if spec.category is category)
