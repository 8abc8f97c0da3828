"""How an update becomes something the inbox can store."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inbox import MalformedEventError, canonical_digest, incoming_update, parse_payload

PERSON = {"id": 5000000001, "is_bot": False, "first_name": "Ann"}
CHAT = {"id": -100123, "type": "supergroup"}


def update(**fields: object) -> bytes:
    return json.dumps({"update_id": 7, **fields}).encode()


def test_an_update_is_kept_as_the_bytes_that_came() -> None:
    raw = b'{ "update_id":7,\n"message":{"from":{"id":1},"text":"\\u0436"} }'
    incoming = incoming_update(raw, 42)
    assert (incoming.source, incoming.scope, incoming.external_id) == ("telegram", "42", "7")
    assert incoming.payload == raw
    assert not incoming.done


@pytest.mark.parametrize(
    "body",
    [
        {"message": {"from": PERSON, "chat": CHAT, "text": "hi"}},
        {"callback_query": {"id": "1", "from": PERSON, "message": {"chat": CHAT}}},
        {"pre_checkout_query": {"id": "1", "from": PERSON}},
        {"my_chat_member": {"chat": CHAT, "from": PERSON}},
        {"poll_answer": {"poll_id": "1", "user": PERSON}},
        {"message_reaction": {"chat": CHAT, "user": PERSON}},
        {"business_connection": {"id": "x", "user": PERSON}},
    ],
)
def test_whatever_a_person_does_is_in_one_lane(body: dict[str, object]) -> None:
    assert incoming_update(update(**body), 42).lane == "5000000001"


def test_a_channel_speaks_in_its_own_lane() -> None:
    post = {"channel_post": {"sender_chat": {"id": -1001}, "chat": {"id": -1002}}}
    assert incoming_update(update(**post), 42).lane == "-1001"
    assert incoming_update(update(chat_boost={"chat": CHAT, "boost": {}}), 42).lane == "-100123"


def test_an_update_of_nobody_holds_up_nobody() -> None:
    assert incoming_update(update(poll={"id": "1"}), 42).lane == "update-7"
    assert incoming_update(update(), 42).lane == "update-7"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b'"update_id"',
        b'{"message":{}}',
        b'{"update_id":"7"}',
        b'{"update_id":true}',
        b"\xff\xfe\x00",
        b'{"update_id":1,"x":' + b"[" * 100_000,
        b'{"update_id":' + b"9" * 5000 + b"}",
    ],
)
def test_what_is_no_update_is_named_malformed(raw: bytes) -> None:
    with pytest.raises(MalformedEventError):
        incoming_update(raw, 42)


def test_nul_is_stripped_on_parsing_raw_or_escaped() -> None:
    raw = b'{"update_id":7,"mess\x00age":{"text":"a\\u0000b","list":["\\u0000c",1]}}'
    assert parse_payload(raw) == {"update_id": 7, "message": {"text": "ab", "list": ["c", 1]}}


@given(st.text() | st.binary().map(repr))
def test_an_update_of_any_text_has_a_digest_of_32_bytes(text: str) -> None:
    incoming = incoming_update(update(message={"from": PERSON, "text": text}), 42)
    assert len(incoming.digest) == 32


def test_equal_content_has_an_equal_digest_whatever_the_order() -> None:
    assert canonical_digest({"a": 1, "b": [1, 2]}) == canonical_digest({"b": [1, 2], "a": 1})
    assert canonical_digest({"a": 1, "b": [1, 2]}) != canonical_digest({"b": [2, 1], "a": 1})
