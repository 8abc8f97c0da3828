"""What KIE calls back with. Only a hint: the task is read again by the API before anything is believed."""

from dataclasses import dataclass

from app.generation.kie.values import as_text, parse_json


@dataclass(frozen=True)
class CallbackHint:
    """A task that has changed; `state` is what the callback claims, for logs only."""

    task_id: str
    state: str | None


def read_callback(body: bytes) -> CallbackHint | None:
    """The hint in a callback's body (`data.taskId`, or `data.task_id` of older paths); None when there is none."""
    envelope = parse_json(body)
    data = envelope.get("data") if isinstance(envelope, dict) else None
    if not isinstance(data, dict):
        data = envelope if isinstance(envelope, dict) else {}
    task_id = as_text(data.get("task_id")) or as_text(data.get("taskId"))
    return None if task_id is None else CallbackHint(task_id, as_text(data.get("state")))
