"""A bucket on the loopback: what of S3's protocol the product speaks, each request's signature checked."""

import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import md5, sha256
from urllib.parse import quote, unquote
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from aiohttp import web

ACCESS_KEY, SECRET_KEY, REGION, NAME = "AKIDTEST", "s3-secret", "eu-test-1", "results"
LISTED = 3
"""Keys of one page, so that listing has to turn pages."""


@dataclass
class Kept:
    """One object."""

    body: bytes
    at: datetime

    @property
    def tag(self) -> str:
        return md5(self.body, usedforsecurity=False).hexdigest()


@dataclass
class FakeBucket:
    """`down` answers 503 to everything, `gone` that there is no such bucket.

    `unsigned` counts requests whose signature was wrong.
    """

    objects: dict[str, Kept] = field(default_factory=dict)
    uploads: dict[str, dict[int, bytes]] = field(default_factory=dict)
    parts: int = 0
    unsigned: int = 0
    down: bool = False
    gone: bool = False
    _started: int = 0

    def application(self) -> web.Application:
        """Its one route takes every method."""
        app = web.Application(client_max_size=100 * 1024**2)
        app.router.add_route("*", "/{bucket}{key:.*}", self._answer)
        return app

    def age(self, key: str, seconds: float) -> None:
        """As if it had been put that long ago."""
        self.objects[key].at = datetime.now(UTC) - timedelta(seconds=seconds)

    def come_back(self) -> None:
        """The outage is over."""
        self.down = self.gone = False

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if not is_signed(request, body):
            self.unsigned += 1
            return _error(403, "SignatureDoesNotMatch")
        if self.down or self.gone or request.match_info["bucket"] != NAME:
            return _error(503 if self.down else 404, "NoSuchBucket")
        return self._answered(request, unquote(request.match_info["key"]).lstrip("/"), body)

    def _answered(self, request: web.Request, key: str, body: bytes) -> web.Response:
        match request.method:
            case "GET" if "list-type" in request.query:
                return self._list(request)
            case "GET" | "HEAD":
                return self._get(request, key)
            case "PUT":
                return self._put(request, key, body)
            case "POST":
                return self._post(request, key, body)
            case _:
                self.objects.pop(key, None)
                return web.Response(status=204)

    def _get(self, request: web.Request, key: str) -> web.Response:
        found = self.objects.get(key)
        if found is None:
            return _error(404, "NoSuchKey")
        headers = {"ETag": f'"{found.tag}"', "Last-Modified": found.at.strftime("%a, %d %b %Y %H:%M:%S GMT")}
        span = request.http_range
        if "Range" not in request.headers:
            return web.Response(body=found.body, headers=headers)
        start, stop = span.start or 0, min(span.stop or len(found.body), len(found.body))
        if start >= len(found.body):
            return _error(416, "InvalidRange")
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(found.body)}"
        return web.Response(status=206, body=found.body[start:stop], headers=headers)

    def _put(self, request: web.Request, key: str, body: bytes) -> web.Response:
        upload = request.query.get("uploadId")
        if upload is None:
            self.objects[key] = Kept(body, datetime.now(UTC))
        else:
            self.uploads[upload][int(request.query["partNumber"])] = body
            self.parts += 1
        return web.Response(headers={"ETag": f'"{md5(body, usedforsecurity=False).hexdigest()}"'})

    def _post(self, request: web.Request, key: str, body: bytes) -> web.Response:
        if "delete" in request.query:
            keys = [it.text or "" for it in ElementTree.fromstring(body).iter() if it.tag.endswith("Key")]
            for gone in keys:
                self.objects.pop(gone, None)
            return _xml("DeleteResult", "".join(f"<Deleted><Key>{escape(it)}</Key></Deleted>" for it in keys))
        if "uploads" in request.query:
            self._started += 1
            upload = str(self._started)
            self.uploads[upload] = {}
            inner = f"<Bucket>{NAME}</Bucket><Key>{escape(key)}</Key><UploadId>{upload}</UploadId>"
            return _xml("InitiateMultipartUploadResult", inner)
        parts = self.uploads.pop(request.query["uploadId"])
        self.objects[key] = kept = Kept(b"".join(parts[it] for it in sorted(parts)), datetime.now(UTC))
        return _xml("CompleteMultipartUploadResult", f"<Key>{escape(key)}</Key><ETag>{kept.tag}</ETag>")

    def _list(self, request: web.Request) -> web.Response:
        prefix, after = request.query.get("prefix", ""), request.query.get("continuation-token", "")
        keys = sorted(it for it in self.objects if it.startswith(prefix) and it > after)
        page, more = keys[:LISTED], len(keys) > LISTED
        inner = "".join(
            f"<Contents><Key>{escape(it)}</Key><LastModified>{self.objects[it].at:%Y-%m-%dT%H:%M:%S.000Z}"
            f"</LastModified><ETag>{self.objects[it].tag}</ETag><Size>{len(self.objects[it].body)}</Size></Contents>"
            for it in page
        )
        turn = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if more else ""
        return _xml("ListBucketResult", f"<IsTruncated>{str(more).lower()}</IsTruncated>{turn}{inner}")


def is_signed(request: web.Request, body: bytes) -> bool:
    """AWS Signature Version 4 over method, path, query, headers and body, with our key and of these minutes."""
    scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
    given = dict(part.strip().partition("=")[::2] for part in rest.split(","))
    credential = given.get("Credential", "").split("/")
    moment = request.headers.get("x-amz-date", "")
    digest = request.headers.get("x-amz-content-sha256", "")
    names = given.get("SignedHeaders", "").split(";")
    if scheme != "AWS4-HMAC-SHA256" or credential[0] != ACCESS_KEY or digest != sha256(body).hexdigest():
        return False
    if not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(names) or not _is_fresh(moment):
        return False
    query = "&".join(sorted(f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in request.query.items()))
    headers = "".join(f"{name}:{' '.join(request.headers[name].split())}\n" for name in names)
    parts = (request.method, request.raw_path.partition("?")[0], query, headers, ";".join(names), digest)
    scope = "/".join((moment[:8], REGION, "s3", "aws4_request"))
    hashed = sha256("\n".join(parts).encode()).hexdigest()
    key = f"AWS4{SECRET_KEY}".encode()
    for step in scope.split("/"):
        key = hmac.digest(key, step.encode(), sha256)
    expected = hmac.digest(key, "\n".join(("AWS4-HMAC-SHA256", moment, scope, hashed)).encode(), sha256).hex()
    return hmac.compare_digest(given.get("Signature", ""), expected)


def _is_fresh(moment: str) -> bool:
    try:
        at = datetime.strptime(moment, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return False
    return abs(datetime.now(UTC) - at) < timedelta(minutes=15)


def _xml(name: str, inner: str) -> web.Response:
    return web.Response(text=f"<{name}>{inner}</{name}>", content_type="application/xml")


def _error(status: int, code: str) -> web.Response:
    body = f"<Error><Code>{code}</Code><Message>{code}</Message></Error>"
    return web.Response(status=status, text=body, content_type="application/xml")
