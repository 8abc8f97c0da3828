"""An earlier result that a person picked as an input: what names it at the provider, and the facts prices need. Pure.

As with a file, an input keeps it as one text, `task:<task id>?<facts>`.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode

_MARK: Final = "task:"


@dataclass(frozen=True, slots=True)
class PastResult:
    """One output of an earlier task of the provider; None = not told.

    `track` is the provider's id of the one song among those of the task, `resolution` that of a clip ("480p"),
    `generation` our own number of it.
    """

    task: str
    track: str | None = None
    resolution: str | None = None
    generation: int | None = None

    @property
    def reference(self) -> str:
        """The text that stands for the result in an input; `read_result` takes it back."""
        facts = {"track": self.track, "resolution": self.resolution, "generation": self.generation}
        told = {name: value for name, value in facts.items() if value is not None}
        return f"{_MARK}{quote(self.task, safe='')}?{urlencode(told)}"


def read_result(reference: str) -> PastResult | None:
    """The result that a reference names; None when the text is none of ours."""
    if not reference.startswith(_MARK):
        return None
    task, _, query = reference.removeprefix(_MARK).partition("?")
    told = dict(parse_qsl(query))
    number = told.get("generation", "")
    return PastResult(
        unquote(task),
        told.get("track"),
        told.get("resolution"),
        int(number) if number.isascii() and number.isdigit() else None,
    )
