"""`make restore FILE=…`: a backup back into the EMPTY database of DATABASE_URL, and up to this code's schema.

Nothing is ever written over. Ids go on far behind those of the backup, since what was given out after it lives on in
chats, at Telegram and at KIE. `make restore-rehearsal` does the very same on a scratch Postgres.
"""

import sys
from pathlib import Path

from app.db.backup import BackupError, read_backup, restore
from app.db.migration import migrate
from app.settings import SettingsError, database_url


def main() -> int:
    """Returns the exit code."""
    if len(sys.argv) != 2:
        print("say which: make restore FILE=.data/backups/…", file=sys.stderr)
        return 1
    try:
        url = database_url()
        restore(read_backup(Path(sys.argv[1])), url)
        migrate(url)
    except SettingsError as error:
        print("\n".join(error.problems), file=sys.stderr)
        return 1
    except BackupError as error:
        print(f"❌ NOT RESTORED: {error}", file=sys.stderr)
        return 1
    print("✅ RESTORED: start the bot, and make audit-ledger")
    return 0


if __name__ == "__main__":
    sys.exit(main())
