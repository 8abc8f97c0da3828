"""What a result, a receipt or a failure says of how many: variants of one purchase, results that never came."""

from app.generation import Generation
from app.ledger import Balance
from bot.texts import Markup, Words


def variant_lines(words: Words, generation: Generation) -> list[Markup]:
    """Which of several it is."""
    if generation.variants == 1:
        return []
    return [words("result-variant", variant=generation.variant, variants=generation.variants)]


def fewer_lines(words: Words, generation: Generation, balance: Balance | None = None) -> list[Markup]:
    """How many of the results that were sold came, and what came back for the rest; `balance`: what there is now."""
    if generation.missing == 0:
        return []
    arrived, sold = generation.sold - generation.missing, generation.sold
    if generation.returned == 0:
        return [words("result-fewer", arrived=arrived, sold=sold)]
    returned = words.money(generation.returned)
    if balance is None:
        return [words("result-fewer-returned", arrived=arrived, sold=sold, returned=returned)]
    return [
        words(
            "result-fewer-balance",
            arrived=arrived,
            sold=sold,
            returned=returned,
            balance=words.money(balance.free),
        )
    ]
