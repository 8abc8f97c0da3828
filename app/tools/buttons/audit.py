"""The walks of an audit, and what is judged of them together."""

from dataclasses import dataclass

from app.tools.buttons.answers import plain_inputs
from app.tools.buttons.contract import PROMISES
from app.tools.buttons.findings import Finding, Trouble
from app.tools.buttons.handlers import Kind, TapHandler
from app.tools.buttons.keys import outdated, read_data
from app.tools.buttons.past import (
    asked_piece_by_piece,
    be_unlucky,
    deliver,
    improve_a_text,
    know_people,
    live_a_little,
    make_something,
    make_to_go_on_from,
    sample,
    subscribe,
)
from app.tools.buttons.person import Person, Say, tap_on
from app.tools.buttons.stage import Stage
from app.tools.buttons.walk import Trail, Walk
from bot.callbacks import Ask, DraftAct, DraftTap, Go, Improve, ModelTap, Target, parameter_digest
from bot.result_callbacks import OnwardPage
from bot.staff_callbacks import MadeAct, MadeTap

NEARBY = 3
"""How many actions follow each other where not the whole bot is walked again."""


@dataclass(frozen=True)
class Report:
    """What an audit found out. `promised` are lines, one for each button of the contract."""

    buttons: int
    pressed: int
    languages: tuple[str, ...]
    handlers: tuple[TapHandler, ...]
    promised: tuple[str, ...]
    findings: tuple[Finding, ...]

    def count(self, kind: Kind) -> int:
        """How many handlers are of a kind."""
        return sum(1 for it in self.handlers if it.kind is kind)


async def audit(stage: Stage) -> Report:
    """Walks the whole bot: in the first language with every model, in the others each kind of button.

    In those more is for sale than today, so that every list has pages.
    """
    trail = Trail()
    languages = stage.content.texts.languages
    await _whole_walk(stage, trail, languages[0], by_model=True)
    _judge_models(stage, trail)
    for language in languages[1:]:
        await _whole_walk(stage.with_much(), trail, language, by_model=False)
    return await _report(stage, trail, languages)


async def short_audit(stage: Stage) -> Report:
    """Each kind of button in the first language only: seconds, for the database of a living installation."""
    trail = Trail()
    languages = stage.content.texts.languages[:1]
    await _whole_walk(stage.with_much(), trail, languages[0], by_model=False)
    await _with_lists(stage, trail, languages[0])
    return await _report(stage, trail, languages)


async def _report(stage: Stage, trail: Trail, languages: tuple[str, ...]) -> Report:
    await _without_money(stage, trail, languages[0])
    await _with_result(stage, trail, languages[0])
    await _with_file(stage, trail, languages[0])
    await _with_task(stage, trail, languages[0])
    await _with_subscription(stage, trail, languages[0])
    await _with_better_text(stage, trail, languages[0])
    await _old_buttons(stage, trail, languages[0])
    await _as_stranger(stage, trail, languages[0])
    promised = tuple(_promised(trail, languages))
    _judge_handlers(stage, trail)
    return Report(
        buttons=len(trail.buttons),
        pressed=trail.pressed,
        languages=languages,
        handlers=stage.census.handlers,
        promised=promised,
        findings=tuple(trail.findings),
    )


async def _whole_walk(stage: Stage, trail: Trail, language: str, *, by_model: bool) -> None:
    """By somebody with money, a star and a past."""
    moment = await stage.mark()
    walk = Walk(stage, Person(stage, language), trail, by_model=by_model)
    if not (await walk.perform(Say("/start"))).has_failed:
        await live_a_little(stage)
        await know_people(stage)
        await be_unlucky(stage)
        commands = dict.fromkeys(("start", "menu", *stage.census.commands))
        await walk.run([Say(f"/{name}") for name in commands])
    await stage.go_back(moment)


async def _without_money(stage: Stage, trail: Trail, language: str) -> None:
    """From the card that cannot be paid: to the money and back."""
    moment = await stage.mark()
    walk = Walk(stage, Person(stage, language), trail, depth=NEARBY)
    menu = (await walk.perform(Say("/start"))).shown
    await stage.spend_everything()
    spec = sample(stage)
    draft = await stage.domains.drafts.open(await stage.step(), stage.person, spec.key, plain_inputs(spec))
    card = DraftTap(draft=draft.id, revision=draft.revision, act=DraftAct.RESUME)
    await walk.run([tap_on(shown, card.pack()) for shown in menu])
    await stage.go_back(moment)


async def _with_result(stage: Stage, trail: Trail, language: str) -> None:
    """What the staff can do about somebody's result."""
    moment = await stage.mark()
    walk = Walk(stage, Person(stage, language), trail, depth=NEARBY)
    menu = (await walk.perform(Say("/start"))).shown
    await know_people(stage)
    card = MadeTap(generation=await deliver(stage), act=MadeAct.OPEN)
    await walk.run([tap_on(shown, card.pack()) for shown in menu])
    await stage.go_back(moment)


async def _with_file(stage: Stage, trail: Trail, language: str) -> None:
    """From the question of a model that takes what the person made before."""
    moment = await stage.mark()
    walk = Walk(stage, Person(stage, language), trail, depth=NEARBY)
    menu = (await walk.perform(Say("/start"))).shown
    spec = await make_something(stage)
    if spec is not None:
        draft = await stage.domains.drafts.open(await stage.step(), stage.person, spec.key)
        question = DraftTap(draft=draft.id, revision=draft.revision, act=DraftAct.RESUME)
        await walk.run([tap_on(shown, question.pack()) for shown in menu])
    await stage.go_back(moment)


async def _with_lists(stage: Stage, trail: Trail, language: str) -> None:
    """From the questions that are answered piece by piece, which the first models of the shelves do not ask."""
    for spec, question, begun in asked_piece_by_piece(stage):
        moment = await stage.mark()
        walk = Walk(stage, Person(stage, language), trail, depth=NEARBY)
        menu = (await walk.perform(Say("/start"))).shown
        draft = await stage.domains.drafts.open(await stage.step(), stage.person, spec.key, begun)
        ask = Ask(draft=draft.id, revision=draft.revision, parameter=parameter_digest(question))
        await walk.run([tap_on(shown, ask.pack()) for shown in menu])
        await stage.go_back(moment)


async def _with_task(stage: Stage, trail: Trail, language: str) -> None:
    """From what a result leads on to, where a model goes on from it by the provider's own id."""
    moment = await stage.mark()
    walk = Walk(stage, Person(stage, language), trail, depth=NEARBY)
    menu = (await walk.perform(Say("/start"))).shown
    onward = OnwardPage(generation=await make_to_go_on_from(stage), page=0)
    await walk.run([tap_on(shown, onward.pack()) for shown in menu])
    await stage.go_back(moment)


async def _with_subscription(stage: Stage, trail: Trail, language: str) -> None:
    """Who has one sees other buttons than those that sell it."""
    moment = await stage.mark()
    walk = Walk(stage, Person(stage, language), trail, depth=NEARBY)
    menu = (await walk.perform(Say("/start"))).shown
    await subscribe(stage)
    await walk.run([tap_on(shown, Go(to=Target.SUBSCRIPTION).pack()) for shown in menu])
    await stage.go_back(moment)


async def _with_better_text(stage: Stage, trail: Trail, language: str) -> None:
    """From what became of a wish for better words."""
    moment = await stage.mark()
    walk = Walk(stage, Person(stage, language), trail, depth=NEARBY)
    menu = (await walk.perform(Say("/start"))).shown
    made = await improve_a_text(stage)
    if made is not None:
        shown_again = Improve(
            draft=made.draft_id, revision=made.revision, after=made.id - 1, price=made.price
        )
        await walk.run([tap_on(shown, shown_again.pack()) for shown in menu])
    await stage.go_back(moment)


async def _as_stranger(stage: Stage, trail: Trail, language: str) -> None:
    """Anybody can send any data: what is the staff's is answered for a stranger by the refusal alone."""
    moment = await stage.mark()
    walk = Walk(stage, Person(stage, language, stage.stranger), trail, depth=1)
    menu = (await walk.perform(Say("/start"))).shown
    for tap in [tap_on(shown, data) for shown in menu for data in _refused(stage, trail)]:
        before = await stage.mark()
        for taker in (await walk.perform(tap)).takers[:1]:
            if not taker.sweeps:
                trail.note(Trouble.OPEN, f"{tap.data} is taken by {taker.name}")
        await stage.go_back(before)
    await stage.go_back(moment)


def _refused(stage: Stage, trail: Trail) -> list[str]:
    """Every button seen whose class some refusal takes."""
    classes = {it for handler in stage.census.handlers if handler.sweeps for it in handler.classes}
    return [data for data in trail.buttons.values() if type(read_data(data, stage.census.classes)) in classes]


async def _old_buttons(stage: Stage, trail: Trail, language: str) -> None:
    """What is pressed on a menu of last year must be answered, by whomever."""
    moment = await stage.mark()
    walk = Walk(stage, Person(stage, language), trail, depth=1)
    menu = (await walk.perform(Say("/start"))).shown
    await walk.run([tap_on(shown, data) for shown in menu for data in _outdated(stage, trail)])
    await stage.go_back(moment)


def _outdated(stage: Stage, trail: Trail) -> list[str]:
    one_of_each = {type(it): it for it in trail.read(stage.census.classes)}
    return ["no-button-of-ours", *(data for it in one_of_each.values() for data in outdated(it))]


def _promised(trail: Trail, languages: tuple[str, ...]) -> list[str]:
    """Each button of the contract with its labels; one that a screen does not have is a finding."""
    lines: list[str] = []
    for promise in PROMISES:
        labels = [
            label
            for language in languages
            if (label := trail.screens.get(f"{language}{promise.screen}", {}).get(promise.data))
        ]
        if len(labels) < len(languages):
            trail.note(Trouble.PROMISE, f"{promise.name} ({promise.data}) is not on {promise.screen}")
        lines.append(f"{promise.name}: {' / '.join(labels) or 'missing'}")
    return lines


def _judge_models(stage: Stage, trail: Trail) -> None:
    """Every model that is for sale has a button to its card."""
    seen = {it.key for it in trail.read(stage.census.classes) if isinstance(it, ModelTap)}
    for spec in stage.domains.offers.for_sale():
        if spec.key not in seen:
            trail.note(Trouble.MODEL, f"no button leads to the model {spec.key}")


def _judge_handlers(stage: Stage, trail: Trail) -> None:
    """A handler that no button leads to; one that was written for old buttons is reached by those."""
    rests = set(stage.census.rests())
    for handler in stage.census.handlers:
        reached = handler in trail.reached or (handler in rests and handler in trail.reached_by_old)
        if not reached and handler.kind is not Kind.FALLBACK:
            trail.note(Trouble.UNREACHABLE, f"no button leads to {handler.name}")
