"""KIE's endpoints: where a task is created and read, and by which words each tells of a task's state. Data.

Every family is taken by the jobs' endpoint now; those of the families still work and tell of nobody else's tasks: a
task that was created at one of them is never found at the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.catalogue import Endpoint
from app.generation.ports import TaskState

FLAGS: Mapping[int, TaskState] = MappingProxyType(
    {0: TaskState.GENERATING, 1: TaskState.SUCCESS, 2: TaskState.FAIL, 3: TaskState.FAIL}
)


@dataclass(frozen=True)
class Dialect:
    """How a record says where its task is: the word in `field_of_state`, else the number `successFlag` (see FLAGS).

    `errors_tell`: the flag of a failed task stays that of a running one, and only the error in the record tells.
    """

    field_of_state: str = "state"
    words: Mapping[str, TaskState] = field(default_factory=dict)
    errors_tell: bool = False


@dataclass(frozen=True)
class Way:
    """Paths of one endpoint. `wraps`: the inputs lie in `input`; else they are the fields of the body.

    `names_model`: the model goes with them; else the path says it all.
    """

    create: str
    read: str
    dialect: Dialect
    wraps: bool = False
    names_model: bool = True


JOBS = Dialect(
    words={
        "waiting": TaskState.WAITING,
        "queuing": TaskState.QUEUING,
        "generating": TaskState.GENERATING,
        "success": TaskState.SUCCESS,
        "fail": TaskState.FAIL,
    }
)
FLAGS_ALONE = Dialect()
SUNO = Dialect(
    field_of_state="status",
    words={
        "pending": TaskState.WAITING,
        "text_success": TaskState.GENERATING,
        "first_success": TaskState.GENERATING,  # one track of two
        "success": TaskState.SUCCESS,
        "callback_exception": TaskState.GENERATING,  # the callback was not taken; the result may still come
        "create_task_failed": TaskState.FAIL,
        "generate_audio_failed": TaskState.FAIL,
        "generate_wav_failed": TaskState.FAIL,
        "generate_mp4_failed": TaskState.FAIL,
        "sensitive_word_error": TaskState.FAIL,
    },
)
SUNO_FILE = Dialect(field_of_state="successFlag", words=SUNO.words)
GPT4O = Dialect(
    field_of_state="status",
    words={
        "generating": TaskState.GENERATING,
        "success": TaskState.SUCCESS,
        "create_task_failed": TaskState.FAIL,
        "generate_failed": TaskState.FAIL,
    },
)
RUNWAY = Dialect(
    words={
        "wait": TaskState.WAITING,
        "queueing": TaskState.QUEUING,
        "generating": TaskState.GENERATING,
        "success": TaskState.SUCCESS,
        "fail": TaskState.FAIL,
    }
)
ALEPH = Dialect(errors_tell=True)

WAYS: Mapping[Endpoint, Way] = MappingProxyType(
    {
        Endpoint.JOBS: Way("/api/v1/jobs/createTask", "/api/v1/jobs/recordInfo", JOBS, wraps=True),
        Endpoint.VEO: Way("/api/v1/veo/generate", "/api/v1/veo/record-info", FLAGS_ALONE),
        Endpoint.SUNO: Way("/api/v1/generate", "/api/v1/generate/record-info", SUNO),
        Endpoint.SUNO_WAV: Way(
            "/api/v1/wav/generate", "/api/v1/wav/record-info", SUNO_FILE, names_model=False
        ),
        Endpoint.SUNO_VIDEO: Way(
            "/api/v1/mp4/generate", "/api/v1/mp4/record-info", SUNO_FILE, names_model=False
        ),
        Endpoint.GPT4O_IMAGE: Way(
            "/api/v1/gpt4o-image/generate", "/api/v1/gpt4o-image/record-info", GPT4O, names_model=False
        ),
        Endpoint.FLUX_KONTEXT: Way(
            "/api/v1/flux/kontext/generate", "/api/v1/flux/kontext/record-info", FLAGS_ALONE
        ),
        Endpoint.RUNWAY: Way(
            "/api/v1/runway/generate", "/api/v1/runway/record-detail", RUNWAY, names_model=False
        ),
        Endpoint.ALEPH: Way("/api/v1/aleph/generate", "/api/v1/aleph/record-info", ALEPH, names_model=False),
    }
)
"""A member without a row is found by tests/unit/kie/test_kie_endpoints.py."""
