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
