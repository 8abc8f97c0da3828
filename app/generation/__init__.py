"""One paid (or free) request of a person, from submit to delivery.

Purpose: `GenerationService` answers a person's taps; the jobs (`job_functions`) carry a generation through the
table of its life (`states`); `KieCallbackHandler` hears the provider's hints; `Sweeper` derives lost wake-ups.

Invariants:
- a draft becomes at most one generation, and a generation has one hold and one resolution of it;
- the provider is asked once: an answer that never came is waited for, never repeated (F71);
- a person's file reaches the provider by upload only: no address of the messenger leaves the house (F69, F70);
- an earlier result goes in from our own copy or from Telegram's, and only its owner's generations take it;
- what a model goes on from by the provider's own id is this person's, and the provider still has it;
- captured means that our own copy of the result is stored, and no money is taken before;
- a failure and the return of its money are one unit of work;
- storage of ours that takes nothing is waited for: a result that the provider has is not called missing;
- what was sold and never came is given back in the unit that captures the rest (`fewer`), once;
- variants bought by one tap are generations of their own, each with its hold, and one purchase to the person;
- a file leaves the house from our own copy only: by Telegram, or by a signed link that runs out;
- a result is sent at worst twice, never not at all; a person who cannot be reached finds it in History;
- a callback changes nothing but the moment of the next look: what counts is what the provider's API says;
- what cannot be made now for a reason beside the person's money (`guards`) holds nothing and says why;
- what a text model writes for a person (`improving`) is paid and counted by the same guards and the same ledger;
- no call to the outside happens while a unit of work is open.

Proven by tests/unit/generation, tests/integration/generation (`test_kie_table`: every code and state of KIE), and
tests/chaos, which kills at every FailPoint and at any moment.
"""

from app.generation.callbacks import KieCallbackHandler
from app.generation.census import Census
from app.generation.checking import Checker
from app.generation.delivering import Deliverer, Teller
from app.generation.desk import Desk
from app.generation.entities import (
    AlreadySubmitted,
    Card,
    Confirmation,
    Form,
    Generation,
    NotEnough,
    Pace,
    Refused,
    Stale,
    StoredFile,
    Submission,
    Submitted,
    TooMany,
)
from app.generation.errors import (
    AccountRefusedError,
    AmbiguousError,
    ForbiddenMoveError,
    NotRefundableError,
    NotRetryableError,
    ProviderDownError,
    RefusedError,
    ResultUnavailableError,
    TaskUnknownError,
    TryLaterError,
    UnknownGenerationError,
    UnreachablePersonError,
)
from app.generation.guards import (
    BLAMED,
    KIE_BALANCE,
    Broken,
    Budget,
    Budgets,
    Cap,
    Capped,
    Caps,
    Circuit,
    CircuitRule,
    CostCaps,
    CreditsWatch,
    FreeAllowance,
    FreeLeft,
    FreeTier,
    Gate,
    OffSale,
    OperatorNews,
    OverBudget,
    Period,
    Refusal,
    Scope,
    SoldOut,
    Standing,
    Standings,
)
from app.generation.improving import (
    IMPROVE,
    IMPROVE_POLICY,
    IMPROVEMENT_SWEEP,
    FreeImprovements,
    Improvement,
    ImprovementMoney,
    ImprovementNeighbours,
    ImprovementNews,
    ImprovementOffer,
    Improvements,
    ImprovementState,
    ImprovementWish,
    Improver,
    NotImproved,
    TextAnswer,
    TextProvider,
    WhyNot,
    is_improvement,
)
from app.generation.keys import generation_of, is_fewer, transfer_keys
from app.generation.market import Change
from app.generation.ports import (
    Delivery,
    GenerationProvider,
    MediaHost,
    MediaSource,
    Notifier,
    TaskReport,
    TaskState,
)
from app.generation.progress import Progress
from app.generation.purchase import Purchase
from app.generation.remedies import Case, Hopeless, Remedies, Returned
from app.generation.restoring import Restorer
from app.generation.results.addresses import PublicResolver
from app.generation.results.downloads import Download, Downloads
from app.generation.results.earlier import EarlierResults, leading_file, result_file, results_in
from app.generation.results.erasing import CopyEraser
from app.generation.results.fetching import Copier, Copies, FetchRules
from app.generation.results.links import (
    ExpiredLinkError,
    FileLink,
    FileLinks,
    FileName,
    FileTokens,
    UnknownLinkError,
)
from app.generation.results.originals import Originals, OriginalSender
from app.generation.results.pruning import PRUNING, Pruner
from app.generation.results.tasks import PastTasks, leading_made
from app.generation.service import GenerationService, Neighbours
from app.generation.settlement import Settlement
from app.generation.starting import Starter
from app.generation.states import STAGES, FailureClass, Stage, State
from app.generation.sweeper import Sweeper
from app.generation.tasks import POLICIES, job_functions
from app.generation.timings import Timings
from app.generation.tokens import CallbackTokens, CallbackUrls
from app.generation.uploads import Uploads
from app.generation.usage import Popularity
from app.generation.wakeups import Wakeups
from app.generation.withdrawing import Withdrawing

__all__ = [
    "BLAMED",
    "IMPROVE",
    "IMPROVEMENT_SWEEP",
    "IMPROVE_POLICY",
    "KIE_BALANCE",
    "POLICIES",
    "PRUNING",
    "STAGES",
    "AccountRefusedError",
    "AlreadySubmitted",
    "AmbiguousError",
    "Broken",
    "Budget",
    "Budgets",
    "CallbackTokens",
    "CallbackUrls",
    "Cap",
    "Capped",
    "Caps",
    "Card",
    "Case",
    "Census",
    "Change",
    "Checker",
    "Circuit",
    "CircuitRule",
    "Confirmation",
    "Copier",
    "Copies",
    "CopyEraser",
    "CostCaps",
    "CreditsWatch",
    "Deliverer",
    "Delivery",
    "Desk",
    "Download",
    "Downloads",
    "EarlierResults",
    "ExpiredLinkError",
    "FailureClass",
    "FetchRules",
    "FileLink",
    "FileLinks",
    "FileName",
    "FileTokens",
    "ForbiddenMoveError",
    "Form",
    "FreeAllowance",
    "FreeImprovements",
    "FreeLeft",
    "FreeTier",
    "Gate",
    "Generation",
    "GenerationProvider",
    "GenerationService",
    "Hopeless",
    "Improvement",
    "ImprovementMoney",
    "ImprovementNeighbours",
    "ImprovementNews",
    "ImprovementOffer",
    "ImprovementState",
    "ImprovementWish",
    "Improvements",
    "Improver",
    "KieCallbackHandler",
    "MediaHost",
    "MediaSource",
    "Neighbours",
    "NotEnough",
    "NotImproved",
    "NotRefundableError",
    "NotRetryableError",
    "Notifier",
    "OffSale",
    "OperatorNews",
    "OriginalSender",
    "Originals",
    "OverBudget",
    "Pace",
    "PastTasks",
    "Period",
    "Popularity",
    "Progress",
    "ProviderDownError",
    "Pruner",
    "PublicResolver",
    "Purchase",
    "Refusal",
    "Refused",
    "RefusedError",
    "Remedies",
    "Restorer",
    "ResultUnavailableError",
    "Returned",
    "Scope",
    "Settlement",
    "SoldOut",
    "Stage",
    "Stale",
    "Standing",
    "Standings",
    "Starter",
    "State",
    "StoredFile",
    "Submission",
    "Submitted",
    "Sweeper",
    "TaskReport",
    "TaskState",
    "TaskUnknownError",
    "Teller",
    "TextAnswer",
    "TextProvider",
    "Timings",
    "TooMany",
    "TryLaterError",
    "UnknownGenerationError",
    "UnknownLinkError",
    "UnreachablePersonError",
    "Uploads",
    "Wakeups",
    "WhyNot",
    "Withdrawing",
    "generation_of",
    "is_fewer",
    "is_improvement",
    "job_functions",
    "leading_file",
    "leading_made",
    "result_file",
    "results_in",
    "transfer_keys",
]
