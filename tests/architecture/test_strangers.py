"""What strangers say and send becomes neither SQL nor code, and their files are opened in one place."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import Source, sources

SQL = re.compile(
    r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|SET LOCAL|CREATE|ALTER|DROP|TRUNCATE|WHERE|NOTIFY)\b"
)
SPEAKS_SQL = ("sqlalchemy", "asyncpg", "psycopg")
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
PUT_TOGETHER = {
    "app/admin/alerts/repository.py": "one of the constants of this file, chosen by a word of our own enum",
    "app/admin/dead/repository.py": "its conditions are literals",
    "app/generation/remedies/repository.py": "its conditions are literals",
    "app/jobs/queue.py": "the queue's own name",
    "app/privacy/repository.py": "tables and conditions of the rules of app.privacy.rules, which are literals",
    "app/retention/repository.py": "tables and conditions of the rules of app.retention.rules, which are literals",
}
"""Where SQL is put together from parts at all: each part is ours, never a value."""

OPENS_FILES = ("PIL", "pillow_heif", "av")
UNPACKS = ("zipfile", "tarfile", "gzip", "bz2", "lzma", "zlib")
RUNS_TEXT = {"eval", "exec", "compile", "pickle.loads", "pickle.load", "marshal.loads", "yaml.load"}


def statements(source: Source) -> Iterator[ast.expr]:
    """Every expression of a file that puts SQL together from parts."""
    for node in ast.walk(source.tree):
        match node:
            case ast.JoinedStr() if any(isinstance(it, ast.FormattedValue) for it in node.values):
                said = "".join(str(it.value) for it in node.values if isinstance(it, ast.Constant))
            case ast.Call(func=ast.Attribute(attr="format", value=pattern)):
                said = literal(source, pattern)
            case ast.BinOp(op=ast.Add() | ast.Mod(), left=left, right=right):
                said = literal(source, left) + literal(source, right)
            case _:
                continue
        if SQL.search(said):
            yield node


def literal(source: Source, node: ast.expr) -> str:
    """The text of a literal, or of a constant of the file; else nothing."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.Name):
        for it in source.tree.body:
            if isinstance(it, ast.Assign) and any(ast.unparse(name) == node.id for name in it.targets):
                return literal(source, it.value)
    return ""


def parts(node: ast.expr) -> list[ast.expr]:
    """What is put into the text."""
    if isinstance(node, ast.JoinedStr):
        return [it.value for it in node.values if isinstance(it, ast.FormattedValue)]
    if isinstance(node, ast.Call):
        return [*node.args, *(it.value for it in node.keywords)]
    return [node.left, node.right] if isinstance(node, ast.BinOp) else []


def is_ours(node: ast.expr) -> bool:
    """A literal or a constant; or what a rule written in the code says of itself."""
    return (
        isinstance(node, ast.Constant)
        or ast.unparse(node) in {"CAUSES[kind]", "rule.table", "rule.past", "rule.whose", "assignments"}
        or (isinstance(node, ast.Name) and CONSTANT.fullmatch(node.id) is not None)
    )


def called(call: ast.Call) -> str:
    """`name` or `module.name`; nothing for what is called otherwise."""
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            return f"{module}.{name}"
    return ""


def speakers() -> list[Source]:
    """The files that speak to a database."""
    return [it for it in sources("app") if any(name.split(".")[0] in SPEAKS_SQL for name in it.imports)]


@pytest.mark.proves("S11")
def test_no_value_becomes_part_of_the_text_of_a_statement() -> None:
    composed: set[str] = set()
    for source in sources("app"):
        if source.path.startswith("app/sandbox/"):
            continue  # the stand-ins' own SQLite, which no stranger reaches
        for statement in statements(source):
            composed.add(source.path)
            for part in parts(statement):
                assert is_ours(part), f"{source.path}:{part.lineno}: {ast.unparse(part)}"
    assert composed == set(PUT_TOGETHER)


@pytest.mark.proves("S11")
def test_what_is_given_to_text_is_a_literal_or_a_constant() -> None:
    checked = 0
    for source in speakers():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and called(node) in {
                "text",
                "sa.text",
                "sqlalchemy.text",
            }:
                (given,) = node.args
                checked += 1
                known = is_ours(given) or (isinstance(given, ast.Call) and all(map(is_ours, parts(given))))
                assert known, f"{source.path}:{node.lineno}: {ast.unparse(given)}"
    assert checked > 100


@pytest.mark.proves("S11")
def test_nothing_that_is_said_is_run() -> None:
    for source in sources("app", "bot"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call):
                assert called(node) not in RUNS_TEXT, f"{source.path}:{node.lineno}"


@pytest.mark.proves("S6")
def test_files_of_strangers_are_opened_in_one_place_and_archives_nowhere() -> None:
    for source in sources("app", "bot"):
        roots = {name.split(".")[0] for name in source.imports}
        assert not roots & set(UNPACKS), source.path
        if not source.path.startswith(("app/media/", "app/sandbox/")):
            assert not roots & set(OPENS_FILES), source.path


@pytest.mark.proves("S6")
def test_pillow_is_told_which_formats_it_may_open() -> None:
    opened = 0
    for source in sources("app/media"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and called(node) in {"Image.open", "av.open"}:
                opened += 1
                names = {it.arg for it in node.keywords}
                assert names & {"formats", "format"}, f"{source.path}:{node.lineno}"
    assert opened == 4
