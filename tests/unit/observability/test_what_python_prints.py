"""What Python, its libraries and gunicorn would print by themselves goes through the masked log."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.observability import MASK, Mask

ROOT = Path(__file__).resolve().parents[3]
SECRET = 'canary-"secret"/é+1'

EVERYTHING = f"""
import asyncio, logging, logging.config, threading, warnings
from app.observability import log_what_python_prints, logging_config

SECRET = {SECRET!r}
config = logging_config(level="DEBUG", style="json", secrets=[SECRET])
logging.config.dictConfig(config)
log_what_python_prints()
print(config)

class Loud:
    def __str__(self):
        raise ValueError(SECRET)
    def __del__(self):
        raise OSError(SECRET)

warnings.warn(SECRET)
logging.getLogger("gunicorn.error").warning("worker %s", SECRET)
logging.getLogger("a").warning("%d", SECRET)
logging.getLogger("a").warning("loud", extra={{"it": Loud()}})
thread = threading.Thread(target=lambda: int(SECRET)); thread.start(); thread.join()

async def main():
    asyncio.get_running_loop().call_soon(lambda: int(SECRET))
    task = asyncio.create_task(asyncio.sleep(0)); await task
    failed = asyncio.get_running_loop().create_future(); failed.set_exception(OSError(SECRET)); del failed
asyncio.run(main(), debug=True)
try:
    int(SECRET)
except ValueError as cause:
    raise RuntimeError(f"the end of {{SECRET}}") from cause
"""


@pytest.mark.proves("S2", "F87")
def test_nothing_is_printed_past_the_log() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", EVERYTHING],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    said = ended.stdout + ended.stderr
    assert ended.returncode == 1
    assert "canary" not in said.lower()
    lines = [json.loads(line) for line in ended.stderr.splitlines() if line.startswith("{")]
    assert {"py.warnings", "gunicorn.error", "asyncio", "app.observability.log"} <= {
        it["logger"] for it in lines
    }
    told = {it["message"] for it in lines}
    assert {
        "the process ends by an error",
        "a thread ended by an error",
        "an error had nowhere to go",
    } <= told
    assert ended.stderr.count("could not be written") == 2


@pytest.mark.proves("S2")
@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ("canary key/1", "https://x/?key=canary%20key%2F1"),
        ("canary key/1", "key=canary+key%2f1"),
        ('canary"key\\', '{"key": "canary\\"key\\\\"}'),
        ("canary\u00e9key", '{"key": "canary\\u00e9key"}'),
        ("canary-key-1", "Authorization: Basic dHJ0OmNhbmFyeS1rZXktMQ=="),
        ("7:canary-token", "https://api/bot7%3Acanary-token/getMe"),
        ("7:canary-token", "the token canary-token is refused"),
        ("postgresql://trt:canary%2Fkey@host/db", "password 'canary/key' of trt"),
        ("https://canarykey@sentry.invalid/1", "key canarykey"),
    ],
)
def test_a_secret_is_masked_in_every_form_that_it_is_written_in(secret: str, said: str) -> None:
    masked = Mask([secret])(said)
    assert MASK in masked
    assert "canary" not in masked
    assert "Y2FuYXJ5" not in masked
    assert "NhbmFye" not in masked


def test_a_text_without_secrets_stays_as_it_is() -> None:
    said = "user 7 paid 100 in https://example.org/a?b=c at 12:30:45, order 501:2"
    assert Mask(["canary-key", "", "abc"])(said) == said
