"""A store of results that keeps nothing."""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field

from app.generation import Copies, Generation, ResultUnavailableError, StoredFile
from tests.fakes.outside import refuse_in_unit_of_work


@dataclass
class FakeStore:
    """Every result can be had, unless a test queued an error for the next calls."""

    troubles: deque[Exception] = field(default_factory=deque)
    dead: set[str] = field(default_factory=set)
    """The URLs that cannot be had."""
    fetched: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    async def fetch(self, generation: Generation, urls: Collection[str]) -> Copies:
        refuse_in_unit_of_work()
        if self.troubles:
            raise self.troubles.popleft()
        if not urls:
            raise ResultUnavailableError("no result", "")
        self.fetched.append((generation.id, tuple(urls)))
        files = [
            StoredFile(
                f"results/{generation.id}/{number}.png",
                generation.produces,
                "image/png",
                10,
                width=64,
                height=64,
                seconds=0,
            )
            for number, url in enumerate(urls, start=1)
            if url not in self.dead
        ]
        if not files:
            raise ResultUnavailableError("status 404", "files.example")
        dead = ResultUnavailableError("status 404", "files.example")
        return Copies(tuple(files), None if len(files) == len(urls) else dead)
