"""`make tour`: starts a sandbox in a scratch folder, walks through it in Chromium, writes docs/*.png anew."""

import asyncio
from pathlib import Path

from tests.fixtures.browser import running_browser
from tests.fixtures.launched import ROOT
from tests.fixtures.sandboxed import running_sandbox
from tests.tour.album import Album, packed
from tests.tour.journeys import at_the_desk, in_english, of_anna

DOCS = ROOT / "docs"


def main(folder: Path) -> None:
    """Everything anew; what is no longer taken is no longer there."""
    pictures = asyncio.run(walk())
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    for name, picture in pictures.items():
        (folder / f"{name}.png").write_bytes(picture)
        print(f"docs/{name + '.png':20} {len(picture) // 1000:5} kB")
    print(f"{len(pictures)} pictures, {sum(map(len, pictures.values())) // 1000} kB")


async def walk() -> dict[str, bytes]:
    """Every picture by name; fails when the bot broke a rule of Telegram on the way."""
    async with running_sandbox() as product, product.client() as sandbox, running_browser() as browser:
        album = Album(browser, sandbox)
        for journey in (of_anna, in_english, at_the_desk):
            await journey(album)
        album.side_by_side("overview", ("menu", "card", "result"))
        assert await sandbox.violations() == []
        return {name: packed(picture) for name, picture in album.pictures.items()}


if __name__ == "__main__":
    main(DOCS)
