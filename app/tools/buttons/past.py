"""What lies behind when a walk begins: without a past most lists are empty, and their buttons are never seen."""

from app.admin import Role
from app.catalogue import (
    Inputs,
    ModelSpec,
    Parameter,
    needs_track,
    results_asked,
    sequel_of,
    validate_inputs,
)
from app.generation import (
    AlreadySubmitted,
    Confirmation,
    Generation,
    Improvement,
    ImprovementWish,
    Submitted,
)
from app.money import Kopecks
from app.payments import Arrival, FileKind, Method, ReceiptFile, Wish
from app.tools.buttons.answers import first_answer, plain_inputs
from app.tools.buttons.stage import Stage
from app.tools.buttons.workshop import Ending
from app.users import Person

PLENTY = Kopecks(100_000_000)
STARS = 100
PAST = 6
"""Generations that the person has behind them: more than History shows at once."""


async def live_a_little(stage: Stage) -> None:
    """Money, a star and cancelled generations."""
    await stage.give(stage.person, PLENTY)
    spec, favourites = sample(stage), stage.domains.favourites
    await favourites.mark(await stage.step(), stage.person, spec.key, on=True)
    for _ in range(PAST):
        generation = await _order(stage, stage.person, spec)
        if generation is not None:
            await stage.domains.generations.cancel(await stage.step(), stage.person, generation.id)


async def know_people(stage: Stage) -> None:
    """A customer who paid and sent two receipts, and for whose order a stranger paid; a colleague with a role."""
    users = stage.domains.users
    await users.arrive(stage.epoch, Person(stage.customer, "Customer"))
    await users.arrive(stage.epoch, Person(stage.colleague, "Colleague"))
    crew = stage.domains.desks.crew
    await crew.grant(await stage.step(), stage.person, stage.colleague, Role.OPERATOR)
    terms = stage.domains.payments.terms
    wish = terms.wish(max(STARS, terms.smallest))
    await _pay(stage, stage.customer, wish)
    await _pay(stage, stage.customer, wish, payer=stage.stranger)
    await _transfer(stage, stage.customer)
    await _transfer(stage, stage.customer)
    await stage.read_receipts(stage.customer)


async def be_unlucky(stage: Stage) -> None:
    """Something that the customer ordered waits in vain, and a model is off sale."""
    await stage.suspend(stage.domains.offers.for_sale()[-1])
    await stage.give(stage.customer, PLENTY)
    generation = await _order(stage, stage.customer, sample(stage))
    if generation is not None:
        await stage.strand(generation)


async def deliver(stage: Stage) -> int:
    """The customer gets a result: its number, 0 where it cannot be had.

    Its start at the provider holds up all others until it is taken back.
    """
    await stage.give(stage.customer, PLENTY)
    generation = await _order(stage, stage.customer, sample(stage))
    if generation is None:
        return 0
    await stage.finish(generation, Ending.RESULT)
    return generation.id


async def make_something(stage: Stage) -> ModelSpec | None:
    """The person gets a result; a model that takes it, or None where nothing does. Holds up others as `deliver`."""
    await stage.give(stage.person, PLENTY)
    spec = sample(stage)
    generation = await _order(stage, stage.person, spec)
    if generation is not None:
        await stage.finish(generation, Ending.RESULT)
    sold = stage.domains.offers.for_sale()
    return next((it for it in sold if sequel_of(it, spec.produces) is not None), None)


async def improve_a_text(stage: Stage) -> Improvement | None:
    """The person's text was said better; None where no model has a text for it."""
    drafts, improvements = stage.domains.drafts, stage.improvements
    for spec in stage.domains.offers.for_sale():
        draft = await drafts.open(await stage.step(), stage.person, spec.key, plain_inputs(spec))
        offer = await improvements.offer(draft)
        if draft.asking is None and offer is not None and offer.price is not None:
            wish = ImprovementWish(
                stage.person, stage.person, draft.id, draft.revision, offer.after, offer.price
            )
            asked = await improvements.ask(await stage.step(), wish)
            if isinstance(asked, Improvement):
                await stage.improve(asked)
                return asked
    return None


async def make_to_go_on_from(stage: Stage) -> int:
    """The person gets a result that a model goes on from by the provider's own id: its number, 0 where none is sold."""
    await stage.give(stage.person, PLENTY)
    sold = {str(it.key): it for it in stage.domains.offers.for_sale()}
    wanted = (it for it in sold.values() if results_asked(it) and not needs_track(it))
    makers = (sold[key] for it in wanted for key in results_asked(it)[0].of if key in sold)
    spec = next((it for it in makers if not validate_inputs(it, plain_inputs(it))), None)
    generation = None if spec is None else await _order(stage, stage.person, spec)
    if generation is None:
        return 0
    await stage.finish(generation, Ending.RESULT)
    return generation.id


def asked_piece_by_piece(stage: Stage) -> list[tuple[ModelSpec, Parameter, Inputs]]:
    """A model that takes several files by one question, and one that takes a list of parts, with that question.

    And inputs that have begun to answer it, with which the model runs.
    """
    asked = [
        (spec, it, {**plain_inputs(spec), it.name: first_answer(it)})
        for spec in stage.domains.offers.for_sale()
        for it in spec.parameters
        if it.parts or (it.media is not None and it.media.max_count > 1)
    ]
    begun = [(spec, it, inputs) for spec, it, inputs in asked if not validate_inputs(spec, inputs)]
    files, parts = (
        next((one for one in begun if bool(one[1].parts) is wanted), None) for wanted in (False, True)
    )
    return [one for one in (files, parts) if one is not None]


async def subscribe(stage: Stage) -> None:
    """The person pays the first month."""
    await _pay(stage, stage.person, stage.domains.payments.terms.monthly_wish())


def sample(stage: Stage) -> ModelSpec:
    """A model that costs something and runs with an answer to what it requires."""
    sold = stage.domains.offers.for_sale()
    plain = (it for it in sold if not it.free and not validate_inputs(it, plain_inputs(it)))
    return next(plain, sold[0])


async def _order(stage: Stage, user_id: int, spec: ModelSpec) -> Generation | None:
    """A generation that has its money held; None when it cannot be had."""
    drafts, generations = stage.domains.drafts, stage.domains.generations
    draft = await drafts.open(await stage.step(), user_id, spec.key, plain_inputs(spec))
    card = await generations.card(stage.epoch, user_id, draft.id)
    if card is None:
        return None
    wish = Confirmation(user_id, draft.id, draft.revision, card.quote.id, user_id, None)
    made = await generations.submit(await stage.step(), wish)
    return made.generation if isinstance(made, Submitted | AlreadySubmitted) else None


async def _pay(stage: Stage, user_id: int, wish: Wish, payer: int | None = None) -> None:
    """Somebody, in the end not whose order it is, pays."""
    payments = stage.domains.payments
    await stage.agree(user_id)
    order = await payments.create_order(await stage.step(), user_id, wish)
    charge = f"rehearsal-{user_id}-{order.id}"
    told = Arrival(Method.STARS, charge, payer or user_id, order.currency, order.amount, order.payload)
    await payments.credit(stage.epoch, told)


async def _transfer(stage: Stage, user_id: int) -> None:
    """An order of a bank transfer, and its receipt."""
    terms = stage.domains.bank.terms
    if terms is None:
        return
    await stage.agree(user_id)
    order = await stage.domains.payments.create_order(
        await stage.step(), user_id, terms.wish(terms.offered[0])
    )
    file = ReceiptFile("rehearsal", "rehearsal", FileKind.PHOTO, 1)
    await stage.domains.transfers.receive(await stage.step(), user_id, order.id, file)
