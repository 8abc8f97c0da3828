"""`make catalogue-diff`: our catalogue held against KIE's own, of the configured system, of the sandbox that runs in
this folder, or (where there is neither) of a stand-in.

Exits with 0 when nothing differs, 1 when something does, 2 when KIE could not be read. `--write` writes down what can
be; `--only key,key` reads the schemas of these models alone: KIE takes one question a second. `--models` names another
folder of models.
"""

import argparse
import asyncio
import logging
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.catalogue import CatalogueError, load_catalogue
from app.generation import AccountRefusedError, TryLaterError
from app.generation.market import load_known
from app.tools.market import Findings, asked_provider, lines_of, look, propose
from app.tools.system import System, find_system

MODELS = Path(__file__).resolve().parents[2] / "models"


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code."""
    logging.getLogger().addHandler(logging.NullHandler())  # what the parts log is none of the report
    wanted = _parser().parse_args(arguments)
    only = tuple(key for key in wanted.only.split(",") if key)
    try:
        findings = asyncio.run(_look(find_system(Path(".data")), wanted.models, only))
    except CatalogueError as error:
        print(error)
        return 1
    except AccountRefusedError:
        print("❌ KIE refuses KIE_API_KEY")
        return 2
    except TryLaterError:
        print("❌ KIE could not be read: try again later")
        return 2
    if wanted.write:
        _write(wanted.models, findings)
    return 1 if findings.differences or findings.losses else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make catalogue-diff")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--models", type=Path, default=MODELS)
    return parser


async def _look(system: System, folder: Path, only: Sequence[str]) -> Findings:
    catalogue, known = load_catalogue(folder), load_known(folder)
    async with asked_provider(system) as asked:
        rates = asked.rates
        print(f"{asked.name}, at {rates.usd_rub} ₽ for a dollar × {rates.markup}", flush=True)
        findings = await look(asked.provider, catalogue, known, rates, only)
    print(f"KIE lists {len(findings.listed)} models; {findings.compared} of ours were compared")
    for line in lines_of(findings, rates):
        print(line)
    return findings


def _write(folder: Path, findings: Findings) -> None:
    proposal = propose(folder, findings, date.today())  # noqa: DTZ011 - the date that a person reads in the file
    for line in proposal.written:
        print(f"written: {line}")
    for it in proposal.by_hand:
        print(f"by hand: {it.model}: {it.change.value} {it.what}")


if __name__ == "__main__":
    sys.exit(main())
