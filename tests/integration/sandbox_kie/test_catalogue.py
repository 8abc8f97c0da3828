"""The catalogue calls."""

from tests.integration.sandbox_kie.driver import Kie, until


async def listed(kie: Kie, path: str) -> dict[str, object]:
    """The answer of a catalogue call, asked again while it says 429."""

    async def ask() -> dict[str, object] | None:
        answer = await kie.call("GET", f"/kie/api/v1/models{path}")
        return None if answer["code"] == 429 else answer

    return await until(ask)


async def test_models_are_listed_and_filtered(kie: Kie) -> None:
    everything = (await kie.call("GET", "/kie/api/v1/models"))["data"]
    assert everything["total"] == len(everything["models"]) > 150
    assert "sora-2-text-to-video" not in {model["model"] for model in everything["models"]}
    filtered = (await listed(kie, "?taskType=text-to-image&provider=alibaba&q=z-im"))["data"]
    assert isinstance(filtered, dict)
    (model,) = filtered["models"]
    assert (model["model"], model["title"], model["taskType"]) == ("z-image", "Z-Image", ["text-to-image"])
    assert "0.8" in model["pricingDesc"]


async def test_a_second_call_within_a_second_says_429(kie: Kie) -> None:
    async def limited() -> bool:
        codes = [
            (await kie.call("GET", path))["code"]
            for path in ("/kie/api/v1/models", "/kie/api/v1/models/z-image/price")
        ]
        return codes == [200, 429]  # on a machine that stalls, two may take more than a second

    await until(limited)


async def test_schema_price_and_success_rate_keep_the_slashes_of_an_id(kie: Kie) -> None:
    schema = (await listed(kie, "/bytedance/seedance-2/schema"))["data"]
    assert isinstance(schema, dict)
    assert schema["openapi"]["openapi"] == "3.1.0"
    operation = schema["openapi"]["paths"]["/api/v1/jobs/createTask"]["post"]
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["input"]["properties"]["resolution"]["enum"] == ["480p", "720p", "1080p", "4k"]
    price = (await listed(kie, "/bytedance/seedance-2/price"))["data"]
    assert isinstance(price, dict)
    assert price["model"] == "bytedance/seedance-2"
    assert "19 credits per second" in price["pricingDesc"]
    rate = (await listed(kie, "/bytedance/seedance-2/success-rate"))["data"]
    assert isinstance(rate, dict)
    assert len(rate["points"]) == 144


async def test_an_unknown_model_says_404(kie: Kie) -> None:
    assert (await listed(kie, "/no-such/model/schema"))["code"] == 404


async def change(kie: Kie, **body: object) -> int:
    """One change of a model; the HTTP status."""
    async with kie.session.post(kie.url + "/sandbox/kie/models", json=body) as answer:
        return answer.status


async def test_a_changed_model_is_listed_priced_and_taken_as_it_is_now(kie: Kie) -> None:
    await kie.knobs(catalogue_limit=0)
    assert (
        await change(kie, model="z-image", prices=10, input={"prompt": {"type": "string", "maxLength": 5}})
        == 200
    )
    price = (await listed(kie, "/z-image/price"))["data"]
    assert isinstance(price, dict)
    assert "8 credits" in price["pricingDesc"]
    assert (await kie.create())["code"] == 422  # the prompt is longer than five characters now
    before = await kie.credits()
    await kie.made({"model": "z-image", "input": {"prompt": "kite", "aspect_ratio": "16:9"}})
    assert before - await kie.credits() == 8
    await kie.session.delete(kie.url + "/sandbox/kie/models")
    price = (await listed(kie, "/z-image/price"))["data"]
    assert isinstance(price, dict)
    assert "0.8 credits" in price["pricingDesc"]


async def test_a_model_goes_and_another_comes(kie: Kie) -> None:
    await kie.knobs(catalogue_limit=0)
    assert await change(kie, model="z-image", gone=True) == 200
    assert await change(kie, model="z-image-2", like="qwen/text-to-image", says="Ask us.") == 200
    models = (await listed(kie, ""))["data"]
    assert isinstance(models, dict)
    said = {it["model"]: it["pricingDesc"] for it in models["models"]}
    assert "z-image" not in said
    assert said["z-image-2"] == "Ask us."
    assert (await listed(kie, "/z-image/schema"))["code"] == 404
    assert (await kie.create())["code"] == 422


async def test_a_change_that_is_not_understood_is_refused(kie: Kie) -> None:
    assert await change(kie, model="z-image", price=3) == 400
    assert await change(kie, prices=3) == 400
