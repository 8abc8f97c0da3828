"""KIE behind the ports `GenerationProvider`, `TextProvider`, `MediaHost`: clients, one reading of answers, callbacks.

Invariants: createTask is asked once per call and never repeated here (F71); what is not certainly refused is
AmbiguousError; a result is what KIE's record says, nothing is made up (F68); a word we do not know is a state
of its own, not a crash (F66); a task is read where its model's endpoint tells of it (F65). Proven by tests/unit/kie
and tests/integration/kie_client.
"""

from app.generation.kie.client import KieClient, Patience
from app.generation.kie.events import CallbackHint, read_callback
from app.generation.kie.hosts import result_places
from app.generation.kie.listing import KieList
from app.generation.kie.measured import MeasuredKie
from app.generation.kie.signature import CallbackSignatures, signature_is_valid
from app.generation.kie.uploads import KieUploads, UploadPatience

__all__ = [
    "CallbackHint",
    "CallbackSignatures",
    "KieClient",
    "KieList",
    "KieUploads",
    "MeasuredKie",
    "Patience",
    "UploadPatience",
    "read_callback",
    "result_places",
    "signature_is_valid",
]
