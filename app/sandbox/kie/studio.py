"""Where results are made and media measured: two threads, each file once, its makers loaded when first needed."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar
from weakref import WeakValueDictionary

from app.sandbox.kie.library import Library
from app.sandbox.kie.pricing import MediaFacts
from app.sandbox.kie.results.commission import Commission, Probe
from app.sandbox.kie.schemas import ModelBook, ModelFacts
from app.sandbox.kie.tasks import Task, TaskBook
from app.sandbox.kie.values import JsonObject, as_items, as_text

Given = TypeVar("Given")
Made = TypeVar("Made")
TASK_REFERENCES = ("task_id", "taskId")


class Studio:
    """Makes results on demand."""

    def __init__(self, library: Library, models: ModelBook, tasks: TaskBook) -> None:
        self._library = library
        self._models = models
        self._tasks = tasks
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="kie-studio")
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def close(self) -> None:
        """Lets go of the threads; what is being made is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def result(self, task: Task, name: str) -> Path:
        """The file of a result, made now if it has not been."""
        file = self._library.result_file(task.id, name)
        lock = self._locks.setdefault(str(file), asyncio.Lock())
        async with lock:
            if not file.exists():
                await self._make(task, name, file)
        return file

    async def measure(self, model: ModelFacts, inputs: JsonObject) -> MediaFacts:
        """What the price needs to know of the media that came with a request and lie here."""
        source = self.referenced(inputs)
        resolution = (as_text(source.inputs.get("resolution")) or "480p") if source else None
        seconds = {"video": 0.0, "audio": 0.0, "image": 0.0}
        pixels: tuple[int, int] | None = None
        for kind, file in self._local_media(model, inputs):
            seen = await self._in_thread(_probe, file)
            seconds[kind] += seen.seconds
            pixels = pixels or (seen.pixels if kind == "image" else None)
        return MediaFacts(seconds["video"], seconds["audio"], pixels, resolution)

    def referenced(self, inputs: JsonObject) -> Task | None:
        """The earlier task that these inputs name, if they do and it is here."""
        names = (as_text(inputs.get(field)) for field in TASK_REFERENCES)
        return next((task for name in names if name and (task := self._tasks.find(name))), None)

    async def _make(self, task: Task, name: str, file: Path) -> None:
        model = self._models.find(task.model)
        if model is None:
            return
        media = self._local_media(model, task.inputs)
        sources = [path for kind, path in media if kind == "image"] + [
            path for kind, path in media if kind == "video"
        ]
        await self._in_thread(_make_file, Commission(model, task, tuple(sources), file))

    def _local_media(self, model: ModelFacts, inputs: JsonObject) -> list[tuple[str, Path]]:
        fields = sorted(model.media_fields(), key=lambda field: "mask" in field[0])
        found = (
            (as_text(schema["x-media"]), self._library.local_file(as_text(url)))
            for name, schema in fields
            for url in as_items(inputs.get(name))
        )
        return [
            (kind, file) for kind, file in found if file is not None and kind in ("video", "audio", "image")
        ]

    async def _in_thread(self, work: Callable[[Given], Made], given: Given) -> Made:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, given)


def _make_file(commission: Commission) -> None:
    from app.sandbox.kie.results.artist import make  # noqa: PLC0415 - Pillow and PyAV load when first needed

    make(commission)


def _probe(file: Path) -> Probe:
    from app.sandbox.kie.results.probing import probe  # noqa: PLC0415 - Pillow and PyAV load when first needed

    return probe(file)
