"""`make backup`: the database in a file, whole or not at all.

The database is that of DATABASE_URL, or of the sandbox that runs in this folder; the file is a new one in
`.data/backups`, or the one that is named: `make backup FILE=…`. Prints where it is; exits with 1 when there is none.
"""

import signal
import sys
from pathlib import Path

from app.clock import SystemClock
from app.db.backup import BackupError, back_up
from app.settings import SettingsError
from app.tools.whereabouts import configured_database, new_backup


def main() -> int:
    """Returns the exit code."""
    named = [Path(name) for name in sys.argv[1:]]
    try:
        made = back_up(configured_database(), named[0] if named else new_backup(SystemClock().now()))
    except SettingsError as error:
        print("\n".join(error.problems), file=sys.stderr)
        return 1
    except BackupError as error:
        print(f"❌ NO BACKUP: {error}", file=sys.stderr)
        return 1
    print(f"✅ BACKUP: {made.path} ({made.bytes} bytes, Postgres {made.major})")
    return 0


if __name__ == "__main__":
    for ending in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(ending, lambda *_: sys.exit(1))  # so that half a file is taken away
    sys.exit(main())
