"""Our copies of one generation's results go before their time: its person is being deleted."""

from app.files import FileStore
from app.generation.results.fetching import RESULTS

AT_ONCE = 100

AHEAD_SECONDS = 3600.0
"""How far the clock of a bucket may be ahead of ours: what was put just now goes, too."""


class CopyEraser:
    """Deletes them; again is nothing."""

    def __init__(self, files: FileStore) -> None:
        self._files = files

    async def erase(self, generation_id: int) -> None:
        """All files of this generation; raises FilesUnavailableError."""
        place = f"{RESULTS}/{generation_id}"
        while await self._files.delete_older(place, seconds=-AHEAD_SECONDS, limit=AT_ONCE):
            pass
