"""Which models are best: popular, and with a result."""

from app.catalogue import ModelKey
from app.generation.usage import ENOUGH, ModelUse, best_of


def use(key: str, uses: int, made: int) -> ModelUse:
    return ModelUse(ModelKey(key), uses, made, newest=1)


def test_a_popular_model_that_often_fails_sinks_below_a_reliable_one() -> None:
    assert best_of([use("shaky", 100, 40), use("steady", 50, 49)]) == ("steady", "shaky")


def test_more_results_win_among_equally_reliable_ones() -> None:
    assert best_of([use("a", 10, 10), use("b", 20, 20)]) == ("b", "a")


def test_a_model_with_few_results_is_not_judged() -> None:
    assert best_of([use("new", ENOUGH - 1, ENOUGH - 1)]) == ()
