"""The small machinery of the client API: routes, bodies, answers."""

import inspect
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict, ValidationError

from app.sandbox.telegram.errors import ImpossibleError, RefusedError
from app.sandbox.telegram.standin import StandIn
from app.sandbox.telegram.wire import Answer, to_json


class Body(BaseModel):
    """A JSON body of the client API: unknown names are refused."""

    model_config = ConfigDict(extra="forbid")


BodyType = TypeVar("BodyType", bound=Body)


@dataclass(frozen=True)
class Asked:
    """One request of a person's client or of a test."""

    standin: StandIn
    request: web.Request
    body: bytes
    names: Mapping[str, str]

    def number(self, name: str) -> int:
        """A number out of the path; ImpossibleError(404) when it is none."""
        try:
            return int(self.names[name])
        except ValueError as error:
            raise ImpossibleError(404, f"{name} is a number") from error

    def query(self, name: str, default: int) -> int:
        """A number out of the query string; ImpossibleError(400) when it is none."""
        try:
            return int(self.request.query.get(name, default))
        except ValueError as error:
            raise ImpossibleError(400, f"{name} is a number") from error

    def read(self, model: type[BodyType]) -> BodyType:
        """The JSON body; ImpossibleError(400) when it is not of this shape."""
        try:
            return model.model_validate_json(self.body or b"{}")
        except ValidationError as error:
            raise ImpossibleError(400, str(error)) from error


@dataclass(frozen=True)
class Page:
    """An answer that is not JSON."""

    response: web.StreamResponse


Handler = Callable[[Asked], Answer | Page | Awaitable[Answer | Page]]


class Routes:
    """Patterns such as `chats/{chat}/messages`, in the order in which they were added."""

    def __init__(self) -> None:
        self._routes: list[tuple[str, re.Pattern[str], Handler]] = []

    def add(self, method: str, path: str, handler: Handler) -> None:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
        self._routes.append((method, re.compile(pattern), handler))

    async def serve(self, standin: StandIn, request: web.Request) -> web.StreamResponse:
        """Errors come as {"error": words} with the status of the error."""
        path = request.match_info["tail"].strip("/")
        found = [
            (how, match, handler) for how, rule, handler in self._routes if (match := rule.fullmatch(path))
        ]
        for how, match, handler in found:
            if how == request.method:
                multipart = request.content_type == "multipart/form-data"
                body = b"" if multipart else await request.read()
                return await _answer(Asked(standin, request, body, match.groupdict()), handler)
        return _error(405 if found else 404, "no such route in the sandbox's client API")


async def _answer(asked: Asked, handler: Handler) -> web.StreamResponse:
    try:
        with asked.standin.store.transaction():
            result = handler(asked)
        settled = await result if inspect.isawaitable(result) else result
    except ImpossibleError as error:
        return _error(error.code, error.reason)
    except RefusedError as error:
        return _error(error.code, error.description)
    return settled.response if isinstance(settled, Page) else web.json_response(to_json(settled))


def _error(code: int, reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=code)
