"""A result's caption, the message that goes with an album, and a failure in human words."""

from collections.abc import Sequence
from types import MappingProxyType

from app.catalogue import ModelSpec
from app.generation import FailureClass, FileLink, Generation, State
from app.ledger import Balance
from app.money import Kopecks
from app.offers import Onward
from bot.inputs_text import prompt_of
from bot.keyboards.result import failed_keyboard, result_keyboard
from bot.keyboards.rows import keyboard, to_menu
from bot.texts import CAPTION_LIMIT, Markup, Words, plain_text, width
from bot.view import View
from bot.views.fewer import fewer_lines, variant_lines
from bot.views.lines import price_text

SHOWN_PROMPT = 700
"""Code units of the prompt in a caption: with everything else it stays below 1024."""

REASON_KEYS = MappingProxyType(
    {
        FailureClass.CONTENT_POLICY: "failed-content-policy",
        FailureClass.BAD_INPUT: "failed-bad-input",
        FailureClass.INPUT_GONE: "failed-input-gone",
        FailureClass.PROVIDER_BUSY: "failed-provider-busy",
        FailureClass.PROVIDER_DOWN: "failed-provider-down",
        FailureClass.TIMEOUT: "failed-timeout",
        FailureClass.LOST: "failed-lost",
        FailureClass.RESULT_MISSING: "failed-result-missing",
        FailureClass.OUR_ACCOUNT: "failed-our-account",
    }
)


def result_view(
    words: Words,
    spec: ModelSpec,
    generation: Generation,
    found: Sequence[Onward] = (),
    extra: Sequence[Markup] = (),
) -> View:
    """The caption: model, number, price, `extra`, and as much of the prompt as fits into 1024 characters."""
    room = SHOWN_PROMPT
    caption = _caption(words, spec, generation, room, extra)
    while width(plain_text(caption)) > CAPTION_LIMIT and room > 0:
        room -= 100
        caption = _caption(words, spec, generation, max(room, 0), extra)
    return View(caption, result_keyboard(words, spec, generation, found))


def album_view(
    words: Words,
    spec: ModelSpec,
    generation: Generation,
    links: Sequence[FileLink | None],
    found: Sequence[Onward] = (),
    extra: Sequence[Markup] = (),
) -> View:
    """The buttons of an album: Telegram puts none under the album itself. Below, what is too large for it."""
    text = words(
        "result-album",
        number=str(generation.id),
        model=spec.name,
        files=len(generation.results),
    )
    lines = [text, *extra, *dict.fromkeys(_link_text(words, link) for link in links)]
    return View(Markup("\n\n".join(lines)), result_keyboard(words, spec, generation, found))


def too_large_view(
    words: Words, spec: ModelSpec, generation: Generation, link: FileLink | None, found: Sequence[Onward] = ()
) -> View:
    """A result that no bot may upload: its address, where this service has one."""
    text = words("result-too-large", number=str(generation.id), model=spec.name)
    lines = [text, *fewer_lines(words, generation), _link_text(words, link)]
    return View(Markup("\n\n".join(lines)), result_keyboard(words, spec, generation, found))


def original_view(words: Words, spec: ModelSpec, generation: Generation) -> View:
    """What stands under a file as it was made."""
    return View(words("original", number=str(generation.id), model=spec.name))


def original_gone_view(words: Words, spec: ModelSpec, generation: Generation) -> View:
    """Only Telegram's own copy is left."""
    text = words("original-gone", number=str(generation.id), model=spec.name)
    return View(text, keyboard([[to_menu(words)]]))


def gone_view(words: Words, spec: ModelSpec, generation: Generation) -> View:
    """A result that neither we nor the model's maker have any more."""
    price = words.money(generation.price)
    text = words("result-gone", number=str(generation.id), model=spec.name, price=price)
    return View(text, result_keyboard(words, spec, generation))


def failed_view(
    words: Words, spec: ModelSpec, generation: Generation, returned: Kopecks, balance: Balance
) -> View:
    """What happened, what came back, what there is now."""
    reason = REASON_KEYS[generation.failure] if generation.failure else "failed-unknown"
    text = words(
        "failed-free" if generation.is_free else "failed",
        number=str(generation.id),
        model=spec.name,
        reason=words(reason),
        returned=words.money(returned),
        balance=words.money(balance.free),
    )
    lines = [*variant_lines(words, generation), text]
    return View(Markup("\n".join(lines)), failed_keyboard(words, spec, generation))


def _link_text(words: Words, link: FileLink | None) -> Markup:
    if link is None:
        return words("result-link-none")
    return words("result-link", url=link.url, until=words.moment(link.until))


def _caption(
    words: Words, spec: ModelSpec, generation: Generation, room: int, extra: Sequence[Markup]
) -> Markup:
    key = "result-late" if generation.state is State.LATE else "result"
    head = words(key, number=str(generation.id), model=spec.name, price=price_text(words, generation.price))
    prompt = prompt_of(spec, generation.inputs, room) if room else ""
    lines = [
        head,
        *variant_lines(words, generation),
        *parent_line(words, generation),
        *extra,
        *([words("result-prompt", prompt=prompt)] if prompt else []),
    ]
    return Markup("\n".join(lines))


def parent_line(words: Words, generation: Generation) -> list[Markup]:
    """The result that it was made from, if it was made from one."""
    if generation.parent_id is None:
        return []
    return [words("result-parent", number=str(generation.parent_id))]
