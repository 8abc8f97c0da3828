"""A catalogue that loads is consistent; one that is not says everything that is wrong with it."""

from decimal import Decimal
from pathlib import Path

import pytest

from app.catalogue import (
    Catalogue,
    CatalogueError,
    Category,
    Endpoint,
    Inputs,
    Modality,
    ModelKey,
    ParameterKind,
    Status,
    UnknownModelError,
    cost,
    load_catalogue,
    results_of,
)
from app.catalogue.localized import Localized
from app.catalogue.parameters import Parameter
from app.catalogue.tasks import TASKS, modality_problems
from tests.unit.catalogue.conftest import MODELS

GOOD = """
family = "Made up"
provider = "Nobody"
source = ["tests"]
verified_on = 2026-11-01

[[model]]
key = "paint"
id = "nobody/paint"
name = "Paint"
task = "text-to-image"
produces = "image"
description = { ru = "Рисует", en = "Paints" }
inputs.prompt = { required = true, max_length = 100 }
inputs.resolution = { choices = ["720p", "1080p"], default = "720p" }
price = [{ credits = 1.5, unit = "per_image" }]
"""

SAY = 'say = { ru = "Так нельзя", en = "A" }'


def folder_with(tmp_path: Path, **files: str) -> Path:
    (tmp_path / "vocabulary.toml").write_text(
        (MODELS / "vocabulary.toml").read_text(encoding="utf-8"), "utf-8"
    )
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def problems_of(tmp_path: Path, **files: str) -> list[str]:
    with pytest.raises(CatalogueError) as failed:
        load_catalogue(folder_with(tmp_path, **files))
    return [str(problem) for problem in failed.value.problems]


def test_adding_a_model_is_one_entry(tmp_path: Path) -> None:
    catalogue = load_catalogue(folder_with(tmp_path, made_up=GOOD))
    assert [spec.key for spec in catalogue.in_category(Category.PICTURES)] == ["paint"]


@pytest.mark.parametrize(
    ("old", "new", "at", "problem"),
    [
        ('key = "paint"', 'key = "Paint"', "model.0.key", "pattern"),
        ('key = "paint"', f'key = "{"p" * 33}"', "model.0.key", "pattern"),
        ("price = [{ credits = 1.5", "price = [{ price = 1.5", "model.0.price.0.price", "not permitted"),
        ("credits = 1.5, ", "", "model.0.price.0.credits", "required"),
        ('unit = "per_image"', 'unit = "per_cat"', "model.0.price.0.unit", "per_task"),
        ("verified_on = 2026-11-01\n", "", "verified_on", "required"),
        ('source = ["tests"]', "source = []", "source", "at least 1"),
        ('ru = "Рисует", ', "", "model.0.description.ru", "required"),
        ('default = "720p"', 'default = "360p"', "paint.inputs.resolution", "default '360p'"),
        ('["720p", "1080p"]', '["720p", "9p"]', "paint.inputs.resolution", "'9p' has no words"),
        ('["720p", "1080p"]', '["720p"]', "paint.inputs.resolution", "less than two"),
        ('["720p", "1080p"]', '["720p", "1080p", "720p"]', "paint.inputs.resolution", "same ru words"),
        ("inputs.prompt", "inputs.mystery", "paint.inputs.mystery", "no words"),
        ('name = "Paint"', 'name = "paint"', "paint.name", "equals its key 'paint'"),
        ('name = "Paint"', 'name = "nobody/paint"', "paint.name", "equals its key 'nobody/paint'"),
        ('name = "Paint"', f'name = "{"P" * 33}"', "paint.name", "longer than 32"),
        (
            "max_length = 100 }",
            'max_length = 10, examples.text-to-image = { ru = "кот", en = "a cat on a roof" } }',
            "paint.inputs.prompt",
            "example 'a cat on a roof' is not a valid value",
        ),
        (
            '["720p", "1080p"]',
            '["720p", "1080p"], words.720p = "Мало"',
            "paint.inputs.resolution",
            "'Мало' has no English words",
        ),
        (
            '["720p", "1080p"]',
            '["720p", "1080p"], words.720p = "720p"',
            "paint.inputs.resolution",
            "label equals its key '720p'",
        ),
        ("inputs.prompt", "inputs.callBackUrl", "paint.inputs.callBackUrl", "transport"),
        (", max_length = 100", "", "paint.inputs.prompt", "without a limit"),
        ("required = true", 'required = true, default = "a cat"', "paint.inputs.prompt", "invented"),
        ('task = "text-to-image"', 'task = "alchemy"', "paint.task", "no row"),
        ('task = "text-to-image"', 'task = "text-to-video"', "paint.task", "makes video"),
        ('task = "text-to-image"', 'task = "image-to-image"', "paint.task", "takes image"),
        ("credits = 1.5", "credits = 1500", "paint.price.0", "outside"),
        ("credits = 1.5", "credits = 0", "paint.price.0", "outside"),
        ('price = [{ credits = 1.5, unit = "per_image" }]', "", "paint.price", "without a price"),
        ('unit = "per_image"', 'unit = "per_second"', "paint.price.0", "what is counted"),
        ('"per_image" }', '"per_second", by = "length" }', "paint.price.0", "unknown input"),
        ('"per_image" }', '"per_image", when = { size = "L" } }', "paint.price.0", "unknown input"),
        ('"per_image" }', '"per_image", when = { resolution = "4K" } }', "paint.price.0", "never match"),
        (', default = "720p" }', " }\nprice_by = 1", "model.0.price_by", "not permitted"),
        (
            "price = [",
            'status = "retired"\nreason = "gone"\nsuccessor = "nobody"\nprice = [',
            "paint",
            "successor 'nobody' is not for sale",
        ),
        ("price = [", 'status = "retired"\nprice = [', "paint.successor", "without a successor"),
        ("price = [", 'status = "unsold"\nprice = [', "paint.reason", "without a reason"),
        ("price = [", 'successor = "paint"\nprice = [', "paint.successor", "is for sale and has a successor"),
        (
            "price = [",
            'status = "retired"\nreason = "gone"\nsuccessor = "paint"\nprice = [',
            "paint",
            "successor 'paint' is not for sale",
        ),
        (
            "price = [",
            f'rule = [{{ message = "m", {SAY}, one_of = ["x", "prompt"] }}]\nprice = [',
            "paint.rule.m",
            "'x'",
        ),
        ("price = [", "markup = 0.99\nprice = [", "model.0.markup", "greater than"),
        ("price = [", f'rule = [{{ message = "m", {SAY} }}]\nprice = [', "paint.rule.m", "exactly one"),
        (
            "price = [",
            'rule = [{ message = "m", one_of = ["prompt"] }]\nprice = [',
            "paint.rule.m",
            "no words",
        ),
        (
            "price = [",
            f'rule = [{{ message = "m", {SAY.replace("A", "{size}")}, one_of = ["prompt"] }}]\nprice = [',
            "paint.rule.m",
            "unknown input or choice {size}",
        ),
        (
            "price = [",
            f'rule = [{{ message = "m", {SAY.replace("A", "{resolution:9p}")}, one_of = ["prompt"] }}]\nprice = [',
            "paint.rule.m",
            "unknown input or choice {resolution:9p}",
        ),
        ("price = [", "results = 0\nprice = [", "model.0.results.constrained-int", "greater than"),
        ("price = [", 'results = "n"\nprice = [', "paint.results", "unknown input 'n'"),
        ("price = [", 'results = "prompt"\nprice = [', "paint.results", "no whole number"),
        ("price = [", 'results = "resolution"\nprice = [', "paint.results", "the price does not count"),
        (
            "price = [",
            f'rule = [{{ message = "m", {SAY}, adds_up = {{ of = "x.y", total = "prompt" }} }}]\nprice = [',
            "paint.rule.m",
            "'x'",
        ),
        (
            "price = [",
            f'rule = [{{ message = "m", {SAY}, ascends = ["prompt", "x.y"] }}]\nprice = [',
            "paint.rule.m",
            "'prompt', which is no number",
        ),
        (
            "price = [",
            'inputs.task_id = { of = ["nobody"] }\nprice = [',
            "paint.inputs.task_id",
            "no model 'nobody'",
        ),
        ("price = [", "fixed = { prompt = 1 }\nprice = [", "paint.inputs.prompt", "asked and fixed"),
    ],
)
@pytest.mark.proves("F44")
@pytest.mark.proves("F45")
def test_a_fault_is_told_with_its_file_and_key(
    tmp_path: Path, old: str, new: str, at: str, problem: str
) -> None:
    assert old in GOOD
    told = problems_of(tmp_path, made_up=GOOD.replace(old, new))
    assert any(line.startswith(f"made_up.toml: {at}: ") and problem in line for line in told), told


def test_a_price_may_not_depend_on_an_input_that_stays_open(tmp_path: Path) -> None:
    open_input = GOOD.replace(', default = "720p"', "").replace(
        '"per_image" }', '"per_image", when = { resolution = "720p" } }'
    )
    assert any("may stay unanswered" in line for line in problems_of(tmp_path, made_up=open_input))


def test_every_problem_of_every_file_is_listed_at_once(tmp_path: Path) -> None:
    told = problems_of(
        tmp_path,
        first=GOOD.replace("credits = 1.5", "credits = 1500").replace('default = "720p"', 'default = "360p"'),
        second=GOOD.replace("inputs.prompt", "inputs.mystery"),
        third="family = ",
    )
    assert [line.split(": ")[0] for line in told] == ["second.toml", "third.toml", "first.toml", "first.toml"]


def test_a_key_an_id_and_a_name_are_used_once(tmp_path: Path) -> None:
    told = problems_of(tmp_path, first=GOOD, second=GOOD)
    assert sum("this key is used twice" in line for line in told) == 2
    assert sum("the id 'nobody/paint' is used twice" in line for line in told) == 2
    assert sum("the name 'Paint' is used twice" in line for line in told) == 2


def test_a_price_written_twice_is_a_fault(tmp_path: Path) -> None:
    twice = GOOD.replace("price = [", 'price = [{ credits = 2, unit = "per_image" }, ')
    assert any("conditions of an earlier row" in line for line in problems_of(tmp_path, made_up=twice))


@pytest.mark.parametrize("text", ["", "transport = []", "\xff"])
def test_a_broken_vocabulary_is_a_fault(tmp_path: Path, text: str) -> None:
    (tmp_path / "vocabulary.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(CatalogueError) as failed:
        load_catalogue(tmp_path)
    assert failed.value.problems[0].file == "vocabulary.toml"


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="there is no model"):
        load_catalogue(folder_with(tmp_path))


def test_no_words_of_the_shipped_models_are_missing(shipped: Catalogue) -> None:
    for spec in shipped.models:
        for parameter in spec.parameters:
            for label in (parameter.label, *(choice.label for choice in parameter.choices)):
                assert label.ru
                assert label.en
            assert parameter.label.get("ru") != parameter.label.get("en")


@pytest.mark.proves("F27")
def test_no_shipped_model_asks_for_a_transport_field(shipped: Catalogue) -> None:
    asked = {parameter.name: parameter for spec in shipped.models for parameter in spec.parameters}
    assert asked.keys().isdisjoint({"callBackUrl", "nsfw_checker", "enable_safety_checker"})
    assert "model" not in asked or asked["model"].choices, "a version is chosen in words"


@pytest.mark.proves("F36")
def test_a_category_follows_from_what_goes_in_and_comes_out(shipped: Catalogue) -> None:
    shelves = {category: [spec.key for spec in shipped.in_category(category)] for category in Category}
    assert {"z-image", "nano-banana-edit"} <= set(shelves[Category.PICTURES])
    assert {"kling-2-6-text", "hailuo-2-3-image"} <= set(shelves[Category.VIDEO])
    assert {"elevenlabs-turbo-2-5", "elevenlabs-isolation"} <= set(shelves[Category.AUDIO])
    assert {"suno-song", "suno-extend"} <= set(shelves[Category.MUSIC])
    assert {"recraft-upscale", "recraft-cutout", "topaz-image", "topaz-video"} <= set(
        shelves[Category.ENHANCE]
    )
    assert {"infinitalk", "kling-avatar"} <= set(shelves[Category.AVATARS])
    assert sum(map(len, shelves.values())) == len(shipped.models)


@pytest.mark.proves("F36")
@pytest.mark.parametrize("task", TASKS)
def test_a_task_that_lives_on_media_refuses_a_model_without_them(task: str) -> None:
    words = (Parameter("prompt", ParameterKind.TEXT, Localized("Текст", "Text")),)
    wrong = next(kind for kind in Modality if kind is not TASKS[task].produces)
    assert bool(modality_problems(task, TASKS[task].produces, words)) is (TASKS[task].needs is not None)
    assert modality_problems(task, wrong, words)


def test_a_retired_model_leads_to_its_successor_and_is_on_no_shelf(made_up: Catalogue) -> None:
    old = made_up.get("everything-old")
    assert (old.status, old.successor) == (Status.RETIRED, "everything")
    assert old in made_up.withdrawn
    assert old not in made_up.models
    assert all(old not in made_up.in_category(category) for category in Category)


def test_an_unknown_key_says_so(shipped: Catalogue) -> None:
    with pytest.raises(UnknownModelError):
        shipped.get("no-such-model")


COUNTED = GOOD.replace(
    "price = [",
    'inputs.count = { kind = "number", label = { ru = "Сколько", en = "How many" }, min = 1, max = 4, step = 1, '
    'default = 1 }\nresults = "count"\nprice = [',
).replace('"per_image" }', '"per_image", by = "count" }')


def test_an_input_may_say_how_many_results_are_sold_and_the_price_counts_them(tmp_path: Path) -> None:
    spec = load_catalogue(folder_with(tmp_path, made_up=COUNTED)).get(ModelKey("paint"))
    asked: Inputs = {"prompt": "a cat", "count": 3}
    assert (results_of(spec, asked), cost(spec, asked)) == (3, Decimal("4.5"))
    assert (results_of(spec, {"prompt": "a cat"}), cost(spec, {"prompt": "a cat"})) == (1, Decimal("1.5"))
    assert not spec.varies


@pytest.mark.parametrize("bounds", ["min = 0, max = 4, step = 1", "min = 1, max = 4, step = 0.5", "max = 4"])
def test_a_count_that_is_no_whole_number_from_one_on_is_refused(tmp_path: Path, bounds: str) -> None:
    told = problems_of(tmp_path, made_up=COUNTED.replace("min = 1, max = 4, step = 1", bounds))
    assert any("paint.results" in line and "no whole number" in line for line in told), told


def test_pictures_that_are_paid_for_by_number_are_sold_as_so_many(tmp_path: Path) -> None:
    told = problems_of(tmp_path, made_up=COUNTED.replace('results = "count"\n', ""))
    assert any("paint.results" in line and "counted by 'count'" in line for line in told), told


def test_of_the_shipped_models_those_that_draw_one_picture_vary_and_a_song_is_sold_as_two(
    shipped: Catalogue,
) -> None:
    assert results_of(shipped.get(ModelKey("suno-song")), {}) == 2
    varying = {spec.task for spec in shipped.models if spec.varies}
    assert varying == {"text-to-image", "image-to-image"}


@pytest.mark.proves("F65")
def test_a_model_says_which_endpoint_its_tasks_have_and_the_jobs_where_it_says_nothing(
    made_up: Catalogue, shipped: Catalogue
) -> None:
    assert made_up.endpoints == {"nobody/everything": Endpoint.VEO}
    assert shipped.endpoints == {}
