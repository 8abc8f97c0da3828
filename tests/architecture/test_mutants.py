"""Each mutant fits the code as it is, and the test that has to notice it is there: `make mutants` takes too long for
every change.
"""

import pytest

from tests.architecture.source import ROOT
from tests.mutants.run import Mutant, load


@pytest.mark.parametrize("mutant", load(), ids=lambda it: it.guard)
def test_a_mutant_applies_and_has_its_test(mutant: Mutant) -> None:
    assert not mutant.is_stale
    path, _, name = mutant.test.partition("::")
    code = (ROOT / path).read_text(encoding="utf-8")
    assert not name or f"def {name.partition('[')[0]}(" in code
