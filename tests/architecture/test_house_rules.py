"""Layout, budgets and style, read off the source."""

import ast
import re
import statistics
import subprocess

import pytest

from tests.architecture.source import ROOT, Source, sources

ROOT_FOLDERS = {"app", "bot", "migrations", "scripts", "tests", "models", "docs"}
ROOT_FILES = {
    "README.md",
    "Makefile",
    "pyproject.toml",
    "alembic.ini",
    "render.yaml",
    "uv.lock",
    "gunicorn.conf.py",
}
SQL_PACKAGES = ("sqlalchemy", "asyncpg", "psycopg")
# The consumer (its loop and its attempts), the job worker and the web middleware answer for code they only run.
MAY_CATCH_ALL = {"app/inbox/lanes.py", "app/inbox/attempts.py", "app/jobs/worker.py", "app/web/server.py"}
FORBIDDEN_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|common|misc|v2)(_|$)")


def tracked_files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def production() -> tuple[Source, ...]:
    return sources("app", "bot", "migrations", "scripts")


def test_the_root_holds_only_what_the_layout_names() -> None:
    for name in tracked_files():
        first, _, rest = name.partition("/")
        allowed = ROOT_FOLDERS if rest else ROOT_FILES
        assert first in allowed or first.startswith("."), name


def test_names_say_what_a_thing_is() -> None:
    for source in production():
        for part in source.path.removesuffix(".py").split("/"):
            assert not FORBIDDEN_NAMES.search(part), source.path


def test_files_stay_small() -> None:
    lengths = {source.path: source.text.count("\n") for source in production()}
    assert [path for path, length in lengths.items() if length > 400] == []
    assert statistics.median(lengths.values()) <= 100


def test_functions_stay_small() -> None:
    lengths: list[int] = []
    for source in production():
        for function in source.functions:
            length = (function.end_lineno or 0) - function.lineno + 1
            # A migration is one long list of tables: data, not logic.
            if not source.path.startswith("migrations/versions/"):
                assert length <= 40, f"{source.path}: {function.name} has {length} lines"
                lengths.append(length)
    assert statistics.median(lengths) <= 9


def test_handlers_translate_and_nothing_more() -> None:
    for source in sources("bot/routers"):
        for function in source.functions:
            length = (function.end_lineno or 0) - function.lineno + 1
            assert length <= 25, f"{source.path}: {function.name} has {length} lines"
            tries = [node for node in ast.walk(function) if isinstance(node, ast.Try)]
            assert not tries, f"{source.path}: {function.name} has a try"


def test_functions_take_at_most_six_parameters() -> None:
    for source in production():
        for function in source.functions:
            arguments = function.args
            names = [
                argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
            ]
            count = len([name for name in names if name not in ("self", "cls")])
            # A constructor is where the wiring is written down; everything else takes six.
            limit = 10 if function.name in ("__init__", "__call__") else 6
            assert count <= limit, f"{source.path}: {function.name} takes {count}"


def test_services_offer_at_most_ten_methods() -> None:
    for source in sources("app"):
        if not source.path.endswith("/service.py"):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef):
                methods = [
                    item.name
                    for item in node.body
                    if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
                    and not item.name.startswith("_")
                ]
                assert len(methods) <= 10, f"{source.path}: {node.name}: {methods}"


def test_the_drivers_are_spoken_only_where_tables_and_queries_live() -> None:
    for source in sources("app"):
        if source.path.startswith(("app/db/", "app/jobs/")):
            continue
        if source.path.rsplit("/", 1)[-1] in ("tables.py", "repository.py") or "/repository/" in source.path:
            continue
        spoken = [name for name in source.imports if name.split(".")[0] in SQL_PACKAGES]
        # The launcher and the health routes catch the driver's errors; they run no statement.
        if source.path in ("app/__main__.py", "app/web/status.py"):
            continue
        assert not spoken, f"{source.path} imports {spoken}"


def test_bot_enters_a_domain_by_its_front_door() -> None:
    for source in sources("bot"):
        for name in source.imports:
            parts = name.split(".")
            if parts[0] == "app" and len(parts) > 2:
                pytest.fail(f"{source.path} reaches into {name}")


def test_nobody_reaches_inside_the_ledger() -> None:
    for source in production():
        if not source.path.startswith("app/ledger/"):
            inner = [name for name in source.imports if name.startswith("app.ledger.")]
            assert not inner, f"{source.path} imports {inner}"


def test_settings_are_read_in_one_place() -> None:
    for source in sources("app", "bot"):
        if source.path in ("app/settings.py", "app/__main__.py"):
            continue
        assert "os.environ" not in source.text, source.path
        assert "getenv" not in source.text, source.path


def test_everything_is_caught_in_three_places_only() -> None:
    for source in production():
        if source.path in MAY_CATCH_ALL:
            continue
        for node in ast.walk(source.tree):
            # Whoever raises it again has caught nothing.
            if isinstance(node, ast.ExceptHandler) and not _raises_again(node):
                caught = ast.unparse(node.type) if node.type else "everything"
                words = caught.strip("()").split(", ")
                assert not {"everything", "Exception", "BaseException"} & set(words), (
                    f"{source.path}:{node.lineno}"
                )


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_the_catalogue_knows_no_model_by_name() -> None:
    keys = set(re.findall(r'^(?:key|id) = "(.+)"', _models_text(), re.MULTILINE))
    assert len(keys) >= 3
    for source in sources("app", "bot"):
        if source.path.startswith("app/sandbox/"):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value not in keys, f"{source.path}:{node.lineno} names {node.value}"


def _models_text() -> str:
    return "\n".join(path.read_text() for path in (ROOT / "models").rglob("*.toml"))


def test_no_type_is_ignored() -> None:
    for source in sources("app", "bot"):
        assert "type: ignore" not in source.text, source.path


@pytest.mark.proves("F91")
def test_no_path_of_one_machine_is_written_down() -> None:
    absolute = re.compile(r"""["'](/(?:home|root|work|Users|opt|app|mnt)/[^"']*)["']""")
    for source in sources("app", "bot", "migrations", "scripts", "tests"):
        found = absolute.findall(source.text)
        assert not found, f"{source.path}: {found}"


def test_every_public_thing_of_a_front_door_is_documented() -> None:
    for source in sources("app", "bot"):
        assert ast.get_docstring(source.tree), f"{source.path} has no docstring"


def test_shared_facts_are_never_read_at_run_time() -> None:
    for source in sources("app", "bot", "migrations", "scripts", "tests"):
        if source.path != "tests/architecture/test_house_rules.py":
            assert "../shared" not in source.text, source.path


def test_tests_wait_for_things_and_not_for_time() -> None:
    fixed_wait = re.compile(r"\bsleep\((?:[1-9]|0\.[1-9])")
    for source in sources("tests"):
        for number, line in enumerate(source.text.splitlines(), 1):
            assert not fixed_wait.search(line), f"{source.path}:{number} {line.strip()}"


def test_no_two_advisory_locks_share_a_number() -> None:
    found = re.findall(
        r"pg_advisory_xact_lock\((\d+)\)", "\n".join(it.read_text() for it in ROOT.glob("app/**/*.py"))
    )
    assert len(found) > 1
    assert len(set(found)) == len(found)
