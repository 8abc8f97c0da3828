"""The client against the KIE stand-in, which is strict and knows nothing of our models."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from app.catalogue import Catalogue, Inputs, cost, load_catalogue, with_defaults
from app.generation.errors import AmbiguousError, RefusedError, TaskUnknownError, TryLaterError
from app.generation.kie import KieClient
from app.generation.ports import TaskReport, TaskState
from app.generation.states import FailureClass

MODELS = Path(__file__).parents[3] / "models"
DEADLINE = 60.0


class Knobs:
    """Steers the stand-in and looks into it."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self._session = session
        self._address = address + "/sandbox/kie"

    async def set(self, **knobs: object) -> None:
        async with self._session.post(self._address + "/knobs", json=knobs) as response:
            assert response.status == 200, await response.text()

    async def violations(self) -> list[object]:
        async with self._session.get(self._address + "/violations") as response:
            found: list[object] = (await response.json())["violations"]
            return found

    async def tasks(self) -> list[dict[str, object]]:
        async with self._session.get(self._address + "/tasks") as response:
            found: list[dict[str, object]] = (await response.json())["tasks"]
            return found

    async def set_credits(self, credits_left: float) -> None:
        async with self._session.post(self._address + "/credits", json={"credits": credits_left}) as response:
            assert response.status == 200


@pytest.fixture
async def knobs(session: aiohttp.ClientSession, stand_in: str) -> Knobs:
    knobs = Knobs(session, stand_in)
    await knobs.set(delay=0.2, query_limit=0)
    return knobs


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(MODELS)


async def finished(client: KieClient, task_id: str) -> TaskReport:
    """The report once the task has ended."""
    async with asyncio.timeout(DEADLINE):
        while True:
            report = await client.read(task_id, "z-image")
            if report.state in (TaskState.SUCCESS, TaskState.FAIL):
                return report
            await asyncio.sleep(0.05)


@pytest.mark.proves("F63")
@pytest.mark.proves("F64")
@pytest.mark.parametrize(
    ("key", "inputs"),
    [
        ("z-image", {"prompt": "рыжий кот", "aspect_ratio": "16:9"}),
        ("kling-2-6-text", {"prompt": "a cat", "duration": "10", "sound": True, "aspect_ratio": "9:16"}),
        ("elevenlabs-turbo-2-5", {"text": "Добрый день! " * 20, "speed": 1.1}),
    ],
)
async def test_every_shipped_model_is_made_and_costs_what_we_reckoned(
    client: KieClient, knobs: Knobs, catalogue: Catalogue, key: str, inputs: Inputs
) -> None:
    spec = catalogue.get(key)
    before = await client.credits()
    task_id = await client.create(spec.id, with_defaults(spec, inputs), None)
    report = await finished(client, task_id)
    assert report.state is TaskState.SUCCESS
    assert report.result_urls
    assert report.credits_consumed == cost(spec, inputs)
    assert before - await client.credits() == cost(spec, inputs)
    assert await knobs.violations() == []


async def test_the_callback_url_comes_back_in_the_record(client: KieClient, knobs: Knobs) -> None:
    await knobs.set(callback="never")
    task_id = await client.create(
        "z-image", {"prompt": "a", "aspect_ratio": "1:1"}, "http://127.0.0.1:9/kie/x"
    )
    assert (await client.read(task_id, "z-image")).callback_url == "http://127.0.0.1:9/kie/x"


@pytest.mark.proves("F63")
@pytest.mark.parametrize("wrong", [{"prompt": "a"}, {"prompt": "a", "aspect_ratio": "5:5"}])
async def test_a_field_that_kie_refuses_is_bad_input(client: KieClient, knobs: Knobs, wrong: Inputs) -> None:
    with pytest.raises(RefusedError) as refused:
        await client.create("z-image", wrong, None)
    assert refused.value.failure is FailureClass.BAD_INPUT
    assert await knobs.violations() != []


@pytest.mark.parametrize(
    ("preset", "failure"),
    [
        ("policy", FailureClass.CONTENT_POLICY),
        ("internal", FailureClass.PROVIDER_DOWN),
        ("input", FailureClass.BAD_INPUT),
        ("unfetchable", FailureClass.BAD_INPUT),
        ("timeout", FailureClass.TIMEOUT),
    ],
)
@pytest.mark.proves("F76")
async def test_a_failed_task_has_its_class(
    client: KieClient, knobs: Knobs, preset: str, failure: FailureClass
) -> None:
    await knobs.set(fail=preset)
    task_id = await client.create("z-image", {"prompt": "a", "aspect_ratio": "1:1"}, None)
    report = await finished(client, task_id)
    assert (report.state, report.failure, report.result_urls) == (TaskState.FAIL, failure, ())
    assert report.fail_message


@pytest.mark.parametrize("code", [401, 402, 433])
@pytest.mark.proves("F68")
async def test_a_refusal_of_our_account_is_never_a_success(
    client: KieClient, knobs: Knobs, code: int
) -> None:
    await knobs.set(code=code)
    with pytest.raises(RefusedError) as refused:
        await client.create("z-image", {"prompt": "a", "aspect_ratio": "1:1"}, None)
    assert refused.value.failure is FailureClass.OUR_ACCOUNT


async def test_an_empty_account_is_a_refusal_of_our_account(client: KieClient, knobs: Knobs) -> None:
    await knobs.set_credits(0.1)
    with pytest.raises(RefusedError) as refused:
        await client.create("z-image", {"prompt": "a", "aspect_ratio": "1:1"}, None)
    assert refused.value.failure is FailureClass.OUR_ACCOUNT


async def test_a_wrong_key_is_a_refusal_of_our_account(session: aiohttp.ClientSession, stand_in: str) -> None:
    stranger = KieClient(session, base_url=f"{stand_in}/kie", key="wrong")
    with pytest.raises(RefusedError) as refused:
        await stranger.create("z-image", {"prompt": "a", "aspect_ratio": "1:1"}, None)
    assert refused.value.failure is FailureClass.OUR_ACCOUNT
    with pytest.raises(TryLaterError):
        await stranger.credits()


@pytest.mark.parametrize("code", [429, 455, 500, 550])
@pytest.mark.proves("F73")
async def test_a_refusal_that_passes_is_for_later(client: KieClient, knobs: Knobs, code: int) -> None:
    await knobs.set(code=code)
    with pytest.raises(TryLaterError):
        await client.create("z-image", {"prompt": "a", "aspect_ratio": "1:1"}, None)
    assert await knobs.tasks() == []


@pytest.mark.parametrize("knob", ["create_hang", "create_drop"])
@pytest.mark.proves("F71")
async def test_a_task_that_kie_took_without_telling_is_ambiguous_and_made_once(
    hurried: KieClient, knobs: Knobs, knob: str
) -> None:
    await knobs.set(**{knob: True})
    with pytest.raises(AmbiguousError):
        await hurried.create("z-image", {"prompt": "a", "aspect_ratio": "1:1"}, None)
    assert len(await knobs.tasks()) == 1


async def test_a_model_that_kie_does_not_know_is_the_providers_trouble(
    client: KieClient, knobs: Knobs
) -> None:
    with pytest.raises(RefusedError) as refused:
        await client.create("nobody/nothing", {"prompt": "a"}, None)
    assert refused.value.failure is FailureClass.PROVIDER_DOWN
    assert await knobs.tasks() == []


async def test_a_task_may_be_unknown_for_a_moment(client: KieClient, knobs: Knobs) -> None:
    await knobs.set(unknown_seconds=600)
    task_id = await client.create("z-image", {"prompt": "a", "aspect_ratio": "1:1"}, None)
    with pytest.raises(TaskUnknownError):
        await client.read(task_id, "z-image")
    with pytest.raises(TaskUnknownError):
        await client.read("0" * 32, "z-image")


@pytest.mark.proves("F68")
async def test_a_success_without_results_is_reported_as_it_is(client: KieClient, knobs: Knobs) -> None:
    await knobs.set(empty_result=True)
    task_id = await client.create("z-image", {"prompt": "a", "aspect_ratio": "1:1"}, None)
    report = await finished(client, task_id)
    assert (report.state, report.result_urls, report.failure) == (TaskState.SUCCESS, (), None)
