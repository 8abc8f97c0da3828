"""Log lines: structured, with the ids of what they are about, and no secret in any of them."""

import json
import logging
import sys

import pytest

from app.observability import LineFormatter, Mask, about

TOKEN = "7000000001:AAcanarycanarycanarycanarycanarycana"


def record(message: str, *arguments: object, **extra: object) -> logging.LogRecord:
    logger = logging.getLogger("test")
    return logger.makeRecord("test", logging.INFO, __file__, 1, message, arguments, None, extra=dict(extra))


def test_a_line_is_json_with_its_extras_and_the_ids_in_force() -> None:
    with about(event=7, generation=9):
        line = json.loads(LineFormatter("json", Mask()).format(record("stored", lane="user:1")))
    assert (line["message"], line["event"], line["generation"], line["lane"]) == ("stored", 7, 9, "user:1")


def test_ids_end_with_their_piece_of_work() -> None:
    with about(event=7):
        pass
    assert "event" not in json.loads(LineFormatter("json", Mask()).format(record("later")))


@pytest.mark.proves("F87")
@pytest.mark.parametrize("style", ["json", "console"])
def test_a_bot_token_is_masked_wherever_it_stands(style: str) -> None:
    formatter = LineFormatter("json" if style == "json" else "console", Mask())
    line = formatter.format(record("GET %s", f"https://api.telegram.org/bot{TOKEN}/getMe", url=TOKEN))
    assert TOKEN not in line
    assert "canary" not in line


@pytest.mark.proves("F87")
def test_known_secrets_are_masked_in_messages_extras_and_traces() -> None:
    formatter = LineFormatter("json", Mask(["canary-key"]))
    try:
        raise ValueError("refused canary-key")
    except ValueError:
        failed = record("failed with canary-key", key="canary-key")
        failed.exc_info = sys.exc_info()
    assert "canary-key" not in formatter.format(failed)


@pytest.mark.proves("F87")
def test_a_password_in_an_url_is_masked() -> None:
    line = LineFormatter("json", Mask()).format(record("connecting to postgresql://trt:canary@127.0.0.1/trt"))
    assert "canary" not in line
