"""`make audit-ledger`: proves the books of DATABASE_URL, or of the sandbox that runs in this folder.

Prints one line per broken rule with the row that breaks it and exits with 1; with 2 when there are no books to read.
"""

import asyncio
import sys

from app.books import Auditor
from app.db import Database
from app.ledger import Finding, Ledger
from app.settings import SettingsError
from app.tools.whereabouts import configured_database


def main() -> int:
    """Returns the exit code."""
    try:
        url = configured_database()
    except SettingsError as error:
        print("\n".join(error.problems), file=sys.stderr)
        return 2
    findings = asyncio.run(audit(url))
    for finding in findings:
        print(f"{finding.rule}: {finding.row}: {finding.detail}")
    print(f"❌ LEDGER AUDIT FAILED: {len(findings)} findings" if findings else "✅ LEDGER AUDIT PASSED")
    return 1 if findings else 0


async def audit(url: str) -> list[Finding]:
    """Every broken rule of this database's books; raises StorageUnavailableError."""
    database = Database(url, application_name="audit", max_connections=1)
    try:
        async with database.snapshot() as session:
            return await Auditor(Ledger()).audit(session)
    finally:
        await database.close()


if __name__ == "__main__":
    sys.exit(main())
