"""`GET /files/{token}`: a result that is too large for Telegram, for who has its link. Players may ask for ranges."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from html import escape

from aiohttp import web

from app.generation import Download, Downloads, ExpiredLinkError, UnknownLinkError

LinkWords = Callable[[str, str], str]
"""Words for a link that leads nowhere: ("unknown" or "expired", language code of the browser) -> text."""

SHOWN = ("image/jpeg", "image/png", "image/webp", "image/gif", "video/", "audio/")
"""What a browser shows in place. The rest is saved: it could be a page."""

GUARDS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, max-age=3600",
}

PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{words}</title>
<body style="font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 1em"><p>{words}</p>"""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class FilePages:
    """What the route needs."""

    downloads: Downloads
    words: LinkWords


def file_page(pages: FilePages) -> Handler:
    """200 or 206 with the file; 404 for what is no link of ours, 410 for what is too old, in plain words."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            download = await pages.downloads.find(request.match_info["token"])
            return await _sent(request, pages.downloads, download)
        except UnknownLinkError:
            return _nowhere(request, pages.words, "unknown", 404)
        except ExpiredLinkError:
            return _nowhere(request, pages.words, "expired", 410)

    return handle


async def _sent(request: web.Request, downloads: Downloads, download: Download) -> web.StreamResponse:
    asked, whole = _asked(request, download), range(download.size)
    span = whole if asked is None else whole[asked]
    if not span:
        return web.Response(status=416, headers={**GUARDS, "Content-Range": f"bytes */{download.size}"})
    headers = {**GUARDS, "Accept-Ranges": "bytes", "ETag": _tag(download), **_disposition(download)}
    if asked is not None:
        headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{download.size}"
    response = web.StreamResponse(status=200 if asked is None else 206, headers=headers)
    response.content_type = download.mime
    response.content_length = len(span)
    if request.method == "HEAD":
        await response.prepare(request)
        return response
    chunks = downloads.read(download, start=span.start, length=len(span))
    first = await anext(chunks, b"")  # whether it is there at all is known before anything is promised
    with suppress(ConnectionResetError):  # players leave as soon as they have what they want
        await response.prepare(request)
        await response.write(first)
        async for chunk in chunks:
            await response.write(chunk)
        await response.write_eof()
    return response


def _asked(request: web.Request, download: Download) -> slice | None:
    """The range that is asked for; None for the whole, also where it is of another version or makes no sense."""
    if "Range" not in request.headers or request.headers.get("If-Range", _tag(download)) != _tag(download):
        return None
    try:
        return request.http_range
    except ValueError:
        return None


def _tag(download: Download) -> str:
    return f'"{download.key.replace("/", "-")}-{download.size}"'


def _disposition(download: Download) -> dict[str, str]:
    way = "inline" if download.mime.startswith(SHOWN) else "attachment"
    return {"Content-Disposition": f'{way}; filename="{download.name}"'}


def _nowhere(request: web.Request, words: LinkWords, reason: str, status: int) -> web.Response:
    language = request.headers.get("Accept-Language", "")[:2].lower()
    page = PAGE.format(language=escape(language), words=escape(words(reason, language)))
    return web.Response(status=status, text=page, content_type="text/html", headers=GUARDS)
