"""Starts the product as a stranger does, in a folder and on a port of its own, and says /start to it. `make verify`."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 120.0
# Nothing of this machine's own configuration: what starts is the sandbox.
PASSED_ON = ("PATH", "LANG", "TMPDIR")


def main() -> int:
    """Returns the exit code."""
    with tempfile.TemporaryDirectory(prefix="trt-start-up-") as folder:
        Path(folder).chmod(0o711)  # the embedded Postgres's account passes here
        port = _free_port()
        inherited = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        with (Path(folder) / "log").open("wb") as log:
            product = subprocess.Popen(
                [sys.executable, "-m", "app"],
                cwd=folder,
                env={**inherited, "HOME": folder, "PYTHONPATH": str(ROOT), "PORT": str(port)},
                stdout=log,
                stderr=log,
            )
        try:
            problem = _look(f"http://127.0.0.1:{port}", product)
        finally:
            product.terminate()
            product.wait(60)
        if problem is not None:
            print((Path(folder) / "log").read_text()[-3000:])
            print(f"the server did not start up: {problem}")
            return 1
    print("the server started: /ready 200, /health ok, /start answered")
    return 0


def _look(url: str, product: subprocess.Popen[bytes]) -> str | None:
    """What is wrong; None when everything is right."""
    if not _until(lambda: _status(f"{url}/ready") == 200, product):
        return "/ready is not 200"
    if _status(f"{url}/health") != 200:
        return "/health is not 200"
    person = int(_post(f"{url}/sandbox/telegram/people", {"first_name": "Start"})["id"])
    chat = f"{url}/sandbox/telegram/chats/{person}/messages"
    _post(chat, {"person": person, "text": "/start"})
    if not _until(lambda: any("reply_markup" in it for it in _get(chat)), product):
        return "/start was not answered with a menu"
    return None


def _until(is_so: Callable[[], bool], product: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and product.poll() is None:
        if is_so():
            return True
        time.sleep(0.05)
    return False


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except OSError as error:
        return int(getattr(error, "code", 0))


def _get(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=SECONDS) as answer:
        return json.loads(answer.read())


def _post(url: str, body: dict[str, object]) -> Any:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:
        return json.loads(answer.read())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
