"""Makes one result file of a task, the same one whenever it is asked."""

from pathlib import Path

from PIL import Image

from app.sandbox.kie.results.canvas import Brief, frame_size
from app.sandbox.kie.results.clips import film, still
from app.sandbox.kie.results.commission import Commission
from app.sandbox.kie.results.pictures import cut_out, draw, enlarge, save
from app.sandbox.kie.results.probing import picture_of
from app.sandbox.kie.results.sound import compose
from app.sandbox.kie.schemas import ModelFacts
from app.sandbox.kie.values import JsonObject, as_number, texts_within

_PICTURE = 1024
_CLIP = 640
_SOUND_SECONDS = 6.0
_MOST_SECONDS = 12.0
_WORDY = (
    "prompt",
    "text",
    "lyrics",
    "dialogue",
    "dialogue_turns",
    "multi_prompt",
    "content",
    "title",
    "style",
)
_SOUND_SWITCHES = ("sound", "generate_audio", "audio", "generate_audio_switch")


def make(commission: Commission) -> None:
    """Puts the file in its place, whole or not at all. A picture takes 0.1 s, a clip about one second."""
    file = commission.file
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"draft-{file.name}")
    _draft(commission, draft)
    draft.replace(file)


def _draft(commission: Commission, draft: Path) -> None:
    name, inputs = commission.file.name, commission.task.inputs
    if draft.suffix in (".mp3", ".wav"):
        compose(words_of(commission) + name, draft, _seconds(inputs))
    elif draft.suffix == ".mp4":
        film(_brief(commission, _CLIP), draft, sound=_has_sound(commission.model, inputs))
    elif name in ("first.png", "last.png"):
        save(still(_brief(commission, _CLIP), last=name == "last.png"), draft)
    else:
        save(_picture(commission), draft)


def _picture(commission: Commission) -> Image.Image:
    model, inputs = commission.model, commission.task.inputs
    if model.task == "image-upscale" and commission.sources:
        larger = enlarge(commission.sources[0], as_number(inputs.get("upscale_factor")) or 2)
        if larger is not None:
            return larger
    brief = _brief(commission, _PICTURE)
    transparent = model.task == "background-removal" or inputs.get("background") == "transparent"
    return cut_out(brief) if transparent else draw(brief)


def words_of(commission: Commission) -> str:
    """What a person wrote; the model's name when nothing."""
    for field in _WORDY:
        words = " ".join(texts_within(commission.task.inputs.get(field))).strip()
        if words:
            return words
    return commission.model.name


def _brief(commission: Commission, longest: int) -> Brief:
    words, inputs = words_of(commission), commission.task.inputs
    source = _source(commission)
    otherwise = source.size if source else (1, 1) if longest == _PICTURE else (16, 9)
    width, height = frame_size(
        inputs, commission.model.with_defaults({}), longest=longest, otherwise=otherwise
    )
    variant = "" if longest == _CLIP else commission.file.name
    return Brief(words, f"{words}|{inputs.get('seed')}|{variant}", width, height, source)


def _source(commission: Commission) -> Image.Image | None:
    for file in commission.sources:
        picture = picture_of(file)
        if picture is not None:
            return picture
    return None


def _seconds(inputs: JsonObject) -> float:
    asked = as_number(inputs.get("duration")) or as_number(inputs.get("duration_seconds")) or _SOUND_SECONDS
    return max(2.0, min(asked, _MOST_SECONDS))


def _has_sound(model: ModelFacts, inputs: JsonObject) -> bool:
    full = model.with_defaults(inputs)
    return not any(full.get(name) is False for name in _SOUND_SWITCHES)
