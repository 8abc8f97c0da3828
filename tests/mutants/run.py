"""`make mutants`: each guard of the money wing is taken away once, and its test has to turn red.

A mutant is an entry of `tests/mutants/*.toml`: `old` stands exactly once in `file` and becomes `new`; then `test` is
run in a copy of the tree. First all named tests run on the tree as it is: one that is red there tells nothing. A
mutant that does not apply is stale, one whose test stays green has survived: all three are errors. Words as
arguments choose mutants.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = int(os.environ.get("MUTANTS_AT_ONCE", "2"))
TEST_SECONDS = 300
FAILED = 1
"""pytest's exit code for tests that ran and did not pass."""


@dataclass(frozen=True)
class Mutant:
    """One guard, and what takes it away."""

    guard: str
    file: str
    old: str
    new: str
    test: str

    @property
    def is_stale(self) -> bool:
        """The code has changed: it is not known what this would do."""
        return (ROOT / self.file).read_text(encoding="utf-8").count(self.old) != 1


def main(chosen: Sequence[str]) -> int:
    """Returns the exit code: 1 when a mutant is stale or has survived."""
    mutants = [it for it in load() if not chosen or any(word in f"{it.guard} {it.file}" for word in chosen)]
    stale = [it for it in mutants if it.is_stale]
    for mutant in stale:
        print(f"✗ stale: {mutant.guard} ({mutant.file})")
    if stale:
        return 1
    trees: SimpleQueue[Path] = SimpleQueue()
    folder = Path(tempfile.mkdtemp(prefix="trt-mutants-"))
    folder.chmod(0o711)
    try:
        for number in range(AT_ONCE):
            trees.put(_copy(folder / str(number)))
        sick = _failing(mutants, trees)
        for test in sick:
            print(f"✗ red on the tree as it is: {test}", flush=True)
        tried = [it for it in mutants if it.test not in sick]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            killed = list(pool.map(lambda it: _try(it, trees), tried))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    survivors, untried = killed.count(False), len(mutants) - len(tried)
    if survivors or untried:
        print(f"❌ {survivors} MUTANTS SURVIVED, {untried} NOT TRIED")
        return 1
    print(f"✅ ALL {len(killed)} MUTANTS KILLED")
    return 0


def load() -> list[Mutant]:
    """Every mutant of every file."""
    return [
        Mutant(**entry)
        for path in sorted(Path(__file__).parent.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]
    ]


def _copy(place: Path) -> Path:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        source, target = ROOT / name, place / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return place


def _failing(mutants: Sequence[Mutant], trees: "SimpleQueue[Path]") -> set[str]:
    """The named tests that do not pass on the tree as it is: what they say of a mutant means nothing."""
    tree = trees.get()
    try:
        named = sorted({it.test for it in mutants})
        code, said = _pytest(tree, "--tb=no", *named, seconds=TEST_SECONDS * 6)
    finally:
        trees.put(tree)
    lines = [line.split()[1] for line in said.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    if code != 0 and not lines:
        return set(named)
    return {test for test in named if any(line.startswith(test) for line in lines)}


def _try(mutant: Mutant, trees: "SimpleQueue[Path]") -> bool:
    tree = trees.get()
    target = tree / mutant.file
    healthy = target.read_text(encoding="utf-8")
    try:
        target.write_text(healthy.replace(mutant.old, mutant.new), encoding="utf-8")
        code, _ = _pytest(tree, "-x", mutant.test, seconds=TEST_SECONDS)
    finally:
        target.write_text(healthy, encoding="utf-8")
        trees.put(tree)
    is_killed = code == FAILED
    print(f"{'✓ killed' if is_killed else '✗ SURVIVED'}: {mutant.guard} ({mutant.file})", flush=True)
    return is_killed


def _pytest(tree: Path, *tests: str, seconds: float) -> tuple[int, str]:
    """pytest's exit code and what it printed; a test that does not end counts as failed."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command,
            cwd=tree,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        return FAILED, "no end within the time"
    return done.returncode, done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
