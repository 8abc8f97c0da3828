"""Quick actions: ready prompts with one gap."""

from dataclasses import dataclass

from app.catalogue import ModelSpec
from app.offers import Offers, Preset, Showcase
from bot.awaiting import subject_of
from bot.keyboards.quick import preset_keyboard, quick_keyboard
from bot.texts import Markup, Words
from bot.view import View
from bot.views.lines import short_price


@dataclass(frozen=True)
class QuickAction:
    """A ready prompt and the model that makes it, for sale now."""

    preset: Preset
    spec: ModelSpec


def quick_view(words: Words, offers: Offers, showcase: Showcase, page: int) -> View:
    """The quick actions whose model is for sale."""
    presets = [preset for preset in showcase.presets if offers.sells(preset.model)]
    return View(words("quick" if presets else "quick-empty"), quick_keyboard(words, presets, page))


def preset_view(words: Words, offers: Offers, action: QuickAction) -> View:
    """What it makes, with which model, for how much, and what to type."""
    preset, spec, language = action.preset, action.spec, words.language
    lines = [
        words("preset", name=preset.name.get(language), about=preset.about.get(language)),
        words("preset-model", model=spec.name, price=_price(words, offers, spec, preset)),
        Markup(""),
        words("preset-ask", ask=preset.ask.get(language)),
    ]
    return View(Markup("\n".join(lines)), preset_keyboard(words), subject_of(preset.key))


def _price(words: Words, offers: Offers, spec: ModelSpec, preset: Preset) -> str:
    """Exact where the length of what will be typed does not matter; else as on the shelf."""
    short, long = (offers.price(spec, preset.filled("x" * length, words.language)) for length in (1, 200))
    return words.money(short) if short == long else short_price(words, offers, spec)
