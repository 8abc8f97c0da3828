"""What one generation cost, and from what it was paid: the quote beside the ledger's own lines."""

from collections.abc import Sequence

from app.catalogue import ModelSpec
from app.generation import Generation
from app.ledger import StatementLine, TransferKind
from app.money import Kopecks
from bot.inputs_text import input_lines
from bot.keyboards.bill import bill_keyboard
from bot.texts import Markup, Words
from bot.view import View
from bot.views.fewer import fewer_lines, variant_lines
from bot.views.history import STATE_KEYS

BACK = frozenset({TransferKind.RELEASE, TransferKind.REFUND})


def bill_view(words: Words, spec: ModelSpec, generation: Generation, lines: Sequence[StatementLine]) -> View:
    """`lines` are the ledger's transfers for this generation."""
    text = [
        words("bill", number=str(generation.id), model=spec.name),
        words("bill-moment", moment=words.moment(generation.created_at)),
        words("bill-state", state=words.plain(STATE_KEYS[generation.state])),
        Markup(""),
        *input_lines(words, spec.parameters, generation.inputs),
        Markup(""),
        words("bill-price", price=words.money(generation.price)),
        *variant_lines(words, generation),
        *fewer_lines(words, generation),
        *_paid(words, lines),
    ]
    return View(Markup("\n".join(text)), bill_keyboard(words, generation))


def _paid(words: Words, lines: Sequence[StatementLine]) -> list[Markup]:
    kinds = {line.kind: line for line in lines}
    paid = kinds.get(TransferKind.CAPTURE)
    said: list[Markup] = []
    if paid is not None:
        said += [
            words(key, amount=words.money(Kopecks(-part)))
            for key, part in (("bill-bonus", paid.bonus), ("bill-cash", paid.cash))
            if part != 0
        ]
    elif TransferKind.HOLD in kinds and not BACK & kinds.keys():
        said.append(words("bill-held"))
    said += [words("bill-back", amount=words.money(line.amount)) for line in lines if line.kind in BACK]
    return said
