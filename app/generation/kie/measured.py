"""KIE's client with every call counted and timed."""

from decimal import Decimal

from app.catalogue import Inputs, TextModel
from app.generation.improving.ports import TextAnswer
from app.generation.kie.client import KieClient
from app.generation.ports import TaskReport
from app.observability import Meters

SERVICE = "kie"


class MeasuredKie:
    """Implements `GenerationProvider` and `TextProvider` by another client; its errors pass through."""

    def __init__(self, client: KieClient, meters: Meters) -> None:
        self._client = client
        self._meters = meters

    async def create(self, model_id: str, inputs: Inputs, callback_url: str | None) -> str:
        """See KieClient."""
        with self._meters.call(SERVICE, "create"):
            return await self._client.create(model_id, inputs, callback_url)

    async def read(self, task_id: str, model_id: str) -> TaskReport:
        """See KieClient."""
        with self._meters.call(SERVICE, "read"):
            return await self._client.read(task_id, model_id)

    async def credits(self) -> Decimal:
        """See KieClient."""
        with self._meters.call(SERVICE, "credits"):
            return await self._client.credits()

    async def write(self, model: TextModel, instruction: str, text: str) -> TextAnswer:
        """See KieClient."""
        with self._meters.call(SERVICE, "write"):
            return await self._client.write(model, instruction, text)
