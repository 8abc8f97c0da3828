"""The README's table of settings, written from `app.settings`: `make settings-table`."""

import re
from collections.abc import Iterable
from pathlib import Path

from pydantic.fields import FieldInfo

from app.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- settings: written by make settings-table -->", "<!-- end of settings -->"


def main() -> None:
    """Writes the table between its two marks; nothing else of the file changes."""
    readme = ROOT / "README.md"
    readme.write_text(with_table(readme.read_text(encoding="utf-8")), encoding="utf-8")
    print("README.md: the table of settings is current")


def with_table(text: str) -> str:
    """The README with the table as it should be; ValueError where a mark is missing."""
    before, rest = text[: text.index(BEGIN)], text[text.index(END) :]
    return f"{before}{BEGIN}\n{table()}\n{rest}"


def table() -> str:
    """Name, default, meaning of what has an effect; below it, folded, of the names that no code reads yet."""
    read = names_read()
    # The platform gives those without a description, not people.
    given = [(name, field) for name, field in Settings.model_fields.items() if field.description]
    return "\n".join(
        [
            *_rows((name, field) for name, field in given if name in read),
            "",
            "<details><summary>Names that are reserved: checked at the start, without effect so far</summary>",
            "",
            *_rows((name, field) for name, field in given if name not in read),
            "",
            "</details>",
        ]
    )


def names_read() -> frozenset[str]:
    """The settings that some code looks at: `settings.name` anywhere, `self.name` in the settings' own properties."""
    sources = (path for path in (ROOT / "app").rglob("*.py") if path.name != "settings.py")
    elsewhere = {
        name
        for path in (*sources, ROOT / "gunicorn.conf.py")
        for name in re.findall(r"settings\.(\w+)", path.read_text())
    }
    own = re.findall(r"self\.(\w+)", (ROOT / "app" / "settings.py").read_text())
    return frozenset(elsewhere | set(own))


def _rows(settings: Iterable[tuple[str, FieldInfo]]) -> list[str]:
    rows = (f"| `{name.upper()}` | {_default(field)} | {field.description} |" for name, field in settings)
    return ["| name | default | meaning |", "|---|---|---|", *rows]


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return "the version"
    value = field.default
    if value is None or value == ():
        return "–"
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return str(int(value)) if isinstance(value, bool) else str(value)


if __name__ == "__main__":
    main()
