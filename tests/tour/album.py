"""How a picture of the chat page is taken, and how small it becomes."""

import io
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from operator import itemgetter

from PIL import Image, ImageDraw
from playwright.async_api import Browser, Page

from tests.fixtures.browser import WAIT_MS, ChatPage, Device
from tests.fixtures.people import SandboxClient

PHONE = Device(390, 780, "light")
PHONE_AT_NIGHT = Device(390, 780, "dark")
PHONE_IN_ENGLISH = Device(390, 780, "light", "en-GB")
DESK = Device(1320, 820, "light")

SHARPNESS = 2
"""Picture dots per CSS pixel on a phone; the desktop's picture is shown smaller than it is and does with 1.5."""

MARGIN = 60
GROUND = (205, 208, 228)

FLAT = 10_000
"""Colours of a page of words and emoji at most (2,000 to 6,000); a drawn sky brings it above 20,000."""

ALL_SEEN = (
    "() => [...document.images].every((it) => it.complete) && !document.querySelector('.key.busy, .toast')"
)


@dataclass
class Album:
    """Pictures of one sandbox: PNG files by name, as the browser takes them."""

    browser: Browser
    sandbox: SandboxClient
    pictures: dict[str, bytes] = field(default_factory=dict)

    @asynccontextmanager
    async def looking(self, device: Device, person: int) -> AsyncIterator[ChatPage]:
        """The page as this person on this device; nothing on it moves."""
        context = await self.browser.new_context(
            viewport={"width": device.width, "height": device.height},
            device_scale_factor=SHARPNESS if device.width < 760 else 1.5,
            color_scheme=device.theme,
            locale=device.language,
            timezone_id="Europe/Moscow",
            reduced_motion="reduce",
        )
        await context.add_init_script(f"localStorage.setItem('sandbox-person', '{person}')")
        chat = ChatPage(await context.new_page())
        chat.listen()
        await chat.page.goto(self.sandbox.url)
        await chat.page.wait_for_selector("body.ready", timeout=WAIT_MS)
        yield chat
        await context.close()
        assert chat.complaints == []

    async def take(self, chat: ChatPage, name: str) -> None:
        """The picture `name`, once everything on it has arrived."""
        await chat.page.wait_for_function(ALL_SEEN, timeout=WAIT_MS)
        await chat.page.evaluate("document.fonts.ready.then(() => true)")
        self.pictures[name] = await _taken(chat.page)

    def side_by_side(self, name: str, shown: Sequence[str]) -> None:
        """The picture `name`: some that were taken before, next to each other on a quiet ground."""
        phones = [_rounded(Image.open(io.BytesIO(self.pictures[it])).convert("RGB")) for it in shown]
        width, height = phones[0].size
        ground = Image.new("RGB", ((width + MARGIN) * len(phones) + MARGIN, height + 2 * MARGIN), GROUND)
        for place, phone in enumerate(phones):
            ground.paste(phone, (MARGIN + place * (width + MARGIN), MARGIN), phone)
        buffer = io.BytesIO()
        ground.resize((ground.width * 2 // 3, ground.height * 2 // 3), Image.Resampling.LANCZOS).save(
            buffer, "PNG"
        )
        self.pictures[name] = buffer.getvalue()


def _rounded(phone: Image.Image) -> Image.Image:
    corners = Image.new("L", phone.size, 0)
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, *phone.size), 48, fill=255)
    phone.putalpha(corners)
    return phone


async def _taken(page: Page) -> bytes:
    await page.mouse.move(0, 400)  # away from the button that was tapped last
    return await page.screenshot(animations="disabled", caret="hide")


def packed(picture: bytes) -> bytes:
    """In 256 colours, a third of the bytes, unless there is a drawing on it: a sky would fall into stripes."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    colours = image.getcolors(FLAT)
    if colours is not None:
        image = image.quantize(palette=_palette(image, colours), dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _palette(image: Image.Image, colours: Iterable[tuple[int, object]]) -> Image.Image:
    """Half of it the grounds and letters exactly as they are, the other half for the emoji."""
    frequent = [colour for _, colour in sorted(colours, key=itemgetter(0), reverse=True)[:128]]
    exact = [part for colour in frequent if isinstance(colour, tuple) for part in colour]
    rest = image.quantize(256 - len(frequent), method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette = Image.new("P", (1, 1))
    palette.putpalette([*exact, *(rest.getpalette() or [])][: 3 * 256])
    return palette
