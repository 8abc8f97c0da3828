"""Whatever crosses the border of the process says how long it waits."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT

LIMITS = {
    "asyncpg.connect": {"timeout", "command_timeout"},
    "psycopg.connect": {"connect_timeout"},
    "subprocess.run": {"timeout"},
    "create_engine": {"connect_args"},
    "sa.create_engine": {"connect_args"},
    "create_async_engine": {"connect_args", "pool_timeout"},
    "urllib.request.urlopen": {"timeout"},
    "S3Store": {"client_options", "retry_config"},
    "session.get": {"timeout"},
    "session.post": {"timeout"},
    "self._session.get": {"timeout"},
    "self._session.post": {"timeout"},
}
"""By the call as it stands in the code, the arguments that bound it."""

AS_LONG_AS_IT_TAKES = {
    "app/db/backup.py": "a dump is as long as the database is large; the way to it has keepalives",
    "app/sandbox": "a stand-in's own session has the limit",
    "scripts/verify.py": "a person looks on, and ends it",
}


def calls(tree: ast.AST) -> Iterator[tuple[int, str, set[str | None]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func), {word.arg for word in node.keywords}


def sources() -> list[Path]:
    return [path for part in ("app", "bot", "scripts", "migrations") for path in (ROOT / part).rglob("*.py")]


def unbounded() -> Iterator[str]:
    for path in sources():
        place = str(path.relative_to(ROOT))
        for line, name, given in calls(ast.parse(path.read_text())):
            missing = LIMITS.get(name, set()) - given
            is_excused = any(place.startswith(it) for it in AS_LONG_AS_IT_TAKES)
            if missing and not (is_excused and name != "psycopg.connect"):
                yield f"{place}:{line}: {name} without {', '.join(sorted(missing))}"


def test_every_call_that_leaves_the_process_is_bounded() -> None:
    assert list(unbounded()) == []


def test_the_calls_that_are_looked_for_exist() -> None:
    found = {name for path in sources() for _, name, _ in calls(ast.parse(path.read_text()))}
    assert set(LIMITS) - found == set()
