"""How gunicorn serves: the same file on a laptop, in tests and on Render.

Start it with `gunicorn --config gunicorn.conf.py app.main:create_app`.
"""

import os
import resource
import shutil
import socket
import tempfile

from app.settings import in_url, load_settings

# The workers of one gunicorn are one instance; on Render the platform names it.
os.environ.setdefault("INSTANCE_ID", f"{socket.gethostname()}-{os.getpid()}")
# Where its workers add up their numbers; read when prometheus_client is first imported.
_is_ours = "PROMETHEUS_MULTIPROC_DIR" not in os.environ
if _is_ours:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="trt-metrics-")
_numbers = os.environ["PROMETHEUS_MULTIPROC_DIR"]

from prometheus_client.multiprocess import mark_process_dead  # noqa: E402 - after its folder is named

from app.observability import log_what_python_prints, logging_config  # noqa: E402 - the same

_settings = load_settings()

# A connection is a file: as many as the machine grants, since whoever opens a thousand must not shut Telegram out.
_, _most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (_most, _most))

bind = [f"{in_url(_settings.listen_host)}:{_settings.port}"]
workers = _settings.web_concurrency
worker_class = "aiohttp.worker.GunicornUVLoopWebWorker"
# Handlers get one second, deliveries in flight twenty, and the rest of Render's thirty is for closing.
graceful_timeout = 27
timeout = 60
# aiohttp closes a connection that shows no whole header for so long, and an idle one.
keepalive = 2
# gunicorn 27 opens a control socket in HOME unless told otherwise.
control_socket_disable = True
logconfig_dict = logging_config(
    level=_settings.log_level, style=_settings.log_style, secrets=_settings.secrets
)
log_what_python_prints()


def child_exit(_server: object, worker: object) -> None:
    """What a dead worker had in memory is no longer told; what it counted stays."""
    mark_process_dead(getattr(worker, "pid", 0), _numbers)


def on_exit(_server: object) -> None:
    """Leaves nothing behind; a folder that an operator has named is the operator's."""
    if _is_ours:
        shutil.rmtree(_numbers, ignore_errors=True)
