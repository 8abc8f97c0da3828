"""What strangers, platforms and operators meet on the port."""

import io
import json
import re

import pytest

from tests.fixtures.fleet import Fleet
from tests.fixtures.launched import get, wait_for_role
from tests.fixtures.people import SandboxClient
from tests.fixtures.sandboxed import Sandboxed

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
HELLO = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": "E"},
        "text": "/start",
    },
}


async def post(fleet: Fleet, sandbox: SandboxClient, body: bytes, secret: str | None = None) -> int:
    headers = {SECRET_HEADER: fleet.secret if secret is None else secret}
    url = f"{fleet.instances[0].url}/webhook/telegram"
    async with sandbox.session.post(url, data=io.BytesIO(body), headers=headers) as answer:
        return answer.status


async def test_the_page_and_the_servers_own_answers_stand_on_one_port(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    status, page = get(product.url + "/")
    assert (status, "<html" in page) == (200, True)
    assert json.loads(get(product.url + "/health")[1])["status"] == "ok"
    assert get(product.url + "/ready")[0] == 200
    role = wait_for_role(product.url, "ACTIVE")
    assert (role["epoch"] > 0, bool(role["instance"])) == (True, True)
    assert json.loads(get(product.url + "/version")[1])["release"]
    assert get(product.url + "/admin")[0] == 404


@pytest.mark.proves("S2")
def test_the_sandboxs_page_and_the_servers_answers_carry_none_of_its_keys(product: Sandboxed) -> None:
    keys = json.loads((product.launched.folder / ".data" / "sandbox" / "keys.json").read_text()).values()
    for path in ("", "health", "ready", "role", "version", "metrics", "nothing", "sandbox/telegram/bot"):
        said = get(f"{product.url}/{path}")[1]
        assert [key for key in keys if key in said] == [], path
    assert [key for key in keys if key in product.launched.log] == []


def test_the_address_is_the_only_thing_printed_and_the_lock_stands_in_the_log(product: Sandboxed) -> None:
    assert product.launched.printed == [f"Open {product.url}/"]
    (worker,) = product.launched.workers()  # not the first one, if another test has killed that
    product.launched.wait_for_log(rf"\[LOCK\] Singleton lock acquired pid={worker} instance=\S+")
    assert "http://" not in product.launched.log.split("Singleton lock")[0]


async def test_a_webhook_without_the_secret_is_refused_before_it_is_read(
    fleet: Fleet, outside: SandboxClient
) -> None:
    assert await post(fleet, outside, json.dumps(HELLO).encode(), secret="wrong") == 401
    assert await post(fleet, outside, b"x" * 5_000_000, secret="") == 401
    assert fleet.books.one("SELECT count(*) FROM inbox WHERE lane = '5'") == 0


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[]", b'{"message": {}}', b"\xff\xfe"])
async def test_nonsense_is_a_bad_request(fleet: Fleet, outside: SandboxClient, body: bytes) -> None:
    assert await post(fleet, outside, body) == 400


async def test_a_body_over_a_megabyte_is_too_large(fleet: Fleet, outside: SandboxClient) -> None:
    assert await post(fleet, outside, b"{" + b" " * (1024 * 1024 + 10) + b"}") == 413


async def test_a_callback_with_a_made_up_token_is_not_found(fleet: Fleet, outside: SandboxClient) -> None:
    async with outside.session.post(f"{fleet.instances[0].url}/webhook/kie/aaaa", json={}) as answer:
        assert answer.status == 404


@pytest.mark.proves("F85")
async def test_alive_and_ready_are_two_things(fleet: Fleet) -> None:
    fleet.books.execute("ALTER TABLE alembic_version RENAME TO set_aside")
    try:
        assert get(f"{fleet.instances[0].url}/health")[0] == 200
        assert get(f"{fleet.instances[0].url}/ready")[0] == 503
    finally:
        fleet.books.execute("ALTER TABLE set_aside RENAME TO alembic_version")
    assert get(f"{fleet.instances[0].url}/ready")[0] == 200


async def test_the_metrics_are_served_and_tell_who_is_active(fleet: Fleet) -> None:
    wait_for_role(fleet.instances[0].url, "ACTIVE")
    status, text = get(f"{fleet.instances[0].url}/metrics")
    assert status == 200
    assert re.search(r'^trt_active\{instance="\S+"\} 1$', text, re.MULTILINE)


@pytest.mark.proves("F84")
async def test_every_answer_for_operators_is_json(fleet: Fleet) -> None:
    for path in ("health", "ready", "role", "version"):
        assert isinstance(json.loads(get(f"{fleet.instances[0].url}/{path}")[1]), dict)
