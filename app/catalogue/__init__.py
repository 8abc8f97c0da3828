"""The catalogue: which models exist, what they ask, what they cost. Pure; only `loader` reads files.

Invariants: a catalogue that loads is consistent (`checks`: every price row reachable and plausible, every
default valid, every word in both languages); no model id or price is in the code; `cost` is defined and above
zero for every valid input of a model for sale (its media probed); what `with_defaults` gives is what the
provider's schema accepts; a text model is on no shelf, and what a request to it costs at most is known
beforehand. Proven by tests/unit/catalogue (properties, contract with KIE's own schemas).
"""

from app.catalogue.alternatives import alternatives_to
from app.catalogue.answers import parse_answer
from app.catalogue.catalogue import Catalogue
from app.catalogue.continuing import Made, gone_on_with, needs_track, results_asked, results_given
from app.catalogue.costing import cost
from app.catalogue.errors import (
    CatalogueError,
    FileProblem,
    InputProblem,
    InvalidAnswerError,
    Problem,
    UnknownModelError,
    UnpricedError,
)
from app.catalogue.inputs import next_question, results_of, validate_inputs, value_problem, with_defaults
from app.catalogue.least import least_cost
from app.catalogue.loader import load_catalogue
from app.catalogue.localized import Localized
from app.catalogue.media import MediaFile, Place, facts_of, media_in, read_media
from app.catalogue.media_checks import becomes_jpeg
from app.catalogue.parameters import (
    Choice,
    Inputs,
    InputValue,
    MediaRule,
    Modality,
    Parameter,
    ParameterKind,
    Part,
    PartValue,
    Scalar,
    media_values,
)
from app.catalogue.past import PastResult, read_result
from app.catalogue.prices import Facts, PriceRow, Unit
from app.catalogue.sequels import SEQUELS, SEQUELS_OF_RESULTS, Sequel, sequel_of, sequel_of_result, taker_of
from app.catalogue.spec import Endpoint, ModelKey, ModelSpec, Status
from app.catalogue.starting import StartingPrice, starting_price
from app.catalogue.tasks import Category
from app.catalogue.together import Together, together
from app.catalogue.writers import TextFormat, TextModel, TextService, TokenPrices

__all__ = [
    "SEQUELS",
    "SEQUELS_OF_RESULTS",
    "Catalogue",
    "CatalogueError",
    "Category",
    "Choice",
    "Endpoint",
    "Facts",
    "FileProblem",
    "InputProblem",
    "InputValue",
    "Inputs",
    "InvalidAnswerError",
    "Localized",
    "Made",
    "MediaFile",
    "MediaRule",
    "Modality",
    "ModelKey",
    "ModelSpec",
    "Parameter",
    "ParameterKind",
    "Part",
    "PartValue",
    "PastResult",
    "Place",
    "PriceRow",
    "Problem",
    "Scalar",
    "Sequel",
    "StartingPrice",
    "Status",
    "TextFormat",
    "TextModel",
    "TextService",
    "Together",
    "TokenPrices",
    "Unit",
    "UnknownModelError",
    "UnpricedError",
    "alternatives_to",
    "becomes_jpeg",
    "cost",
    "facts_of",
    "gone_on_with",
    "least_cost",
    "load_catalogue",
    "media_in",
    "media_values",
    "needs_track",
    "next_question",
    "parse_answer",
    "read_media",
    "read_result",
    "results_asked",
    "results_given",
    "results_of",
    "sequel_of",
    "sequel_of_result",
    "starting_price",
    "taker_of",
    "together",
    "validate_inputs",
    "value_problem",
    "with_defaults",
]
