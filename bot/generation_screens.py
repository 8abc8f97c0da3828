"""How a generation looks at each moment of its life."""

from collections.abc import Sequence
from dataclasses import replace

from app.catalogue import Catalogue, ModelSpec
from app.generation import STAGES, FileLink, Generation, Stage, State, leading_file, leading_made
from app.ledger import Balance
from app.money import Kopecks
from app.offers import NotForSaleError, Offers, Onward, Sequels
from bot.callbacks import GenerationAct, GenerationTap
from bot.inputs_text import prompt_of
from bot.keyboards.rows import keyboard
from bot.keyboards.variants import more_row
from bot.texts import Words
from bot.view import View
from bot.views.fewer import fewer_lines
from bot.views.progress import cancelled_view, done_view, progress_view
from bot.views.result import (
    album_view,
    failed_view,
    gone_view,
    original_gone_view,
    original_view,
    result_view,
    too_large_view,
)

LONGEST_TITLE = 64
"""Code units of the title of a track: as much as players show."""


class GenerationScreens:
    """The views of a generation: its model, the time it has taken, what it leads on to, and for how much."""

    def __init__(self, catalogue: Catalogue, offers: Offers, sequels: Sequels) -> None:
        self._catalogue = catalogue
        self._offers = offers
        self._sequels = sequels

    def submitted(self, words: Words, generation: Generation) -> View:
        """Right after the tap on the price."""
        return progress_view(words, self._spec(generation), generation, Stage.QUEUED, 0)

    def under_way(self, words: Words, generation: Generation) -> View | None:
        """The progress by the generation's state; None when it has ended."""
        stage = STAGES.get(generation.state)
        return None if stage is None else self.progress(words, generation, stage)

    def progress(self, words: Words, generation: Generation, stage: Stage) -> View:
        """The progress at a stage."""
        spec = self._spec(generation)
        return progress_view(words, spec, generation, stage, _elapsed(generation))

    def last_progress(self, words: Words, generation: Generation) -> View | None:
        """The last form of the progress message; None: it goes, as a failure has a message of its own."""
        match generation.state:
            case State.CANCELLED:
                return self.cancelled(words, generation)
            case State.FAILED | State.LATE:
                return None
            case _:
                return done_view(words, self._spec(generation), generation, _elapsed(generation))

    def cancelled(self, words: Words, generation: Generation) -> View:
        """After a cancellation."""
        return cancelled_view(words, self._spec(generation), generation)

    def failed(self, words: Words, generation: Generation, returned: Kopecks, balance: Balance) -> View:
        """After a failure."""
        return failed_view(words, self._spec(generation), generation, returned, balance)

    def result(self, words: Words, generation: Generation, balance: Balance | None) -> View:
        """The caption of the result and its buttons."""
        extra = fewer_lines(words, generation, balance)
        view = result_view(words, self._spec(generation), generation, self._found(generation), extra)
        return self._with_more(words, generation, view)

    def album_caption(self, words: Words, generation: Generation) -> View:
        """The caption of an album, of which the message below tells the rest."""
        return result_view(words, self._spec(generation), generation)

    def title(self, generation: Generation) -> str:
        """What a player calls it: its words, else the model."""
        spec = self._spec(generation)
        return prompt_of(spec, generation.inputs, LONGEST_TITLE) or spec.name

    def album(
        self,
        words: Words,
        generation: Generation,
        links: Sequence[FileLink | None],
        balance: Balance | None,
    ) -> View:
        """The message below an album, with links to what is too large for it."""
        found, extra = self._found(generation), fewer_lines(words, generation, balance)
        view = album_view(words, self._spec(generation), generation, links, found, extra)
        return self._with_more(words, generation, view)

    def original(self, words: Words, generation: Generation) -> View:
        """The caption of the file as it was made."""
        return original_view(words, self._spec(generation), generation)

    def original_gone(self, words: Words, generation: Generation) -> View:
        """In place of it."""
        return original_gone_view(words, self._spec(generation), generation)

    def gone(self, words: Words, generation: Generation) -> View:
        """In place of a result that is lost."""
        return gone_view(words, self._spec(generation), generation)

    def too_large(self, words: Words, generation: Generation, link: FileLink | None) -> View:
        """In place of a result that is over the limit for uploads."""
        return too_large_view(words, self._spec(generation), generation, link, self._found(generation))

    def _found(self, generation: Generation) -> Sequence[Onward]:
        file = leading_file(generation)
        made = leading_made(self._spec(generation), generation)
        return () if file is None else self._sequels.of(file, made)

    def _with_more(self, words: Words, generation: Generation, view: View) -> View:
        """With the way to several more of the same, where its model is sold and they are worth having."""
        spec = self._spec(generation)
        if not spec.varies or view.keyboard is None:
            return view
        try:
            price = self._offers.price(spec, generation.inputs)
        except NotForSaleError:  # not any more, or not with these inputs
            return view
        # Free runs may be left by then or not: the card says what it costs.
        row = more_row(words, generation, None if spec.free else price)
        rows = view.keyboard.inline_keyboard
        again = GenerationTap(generation=generation.id, act=GenerationAct.AGAIN).pack()
        below = next((n for n, it in enumerate(rows, start=1) if it[0].callback_data == again), 0)
        return replace(view, keyboard=keyboard([*rows[:below], row, *rows[below:]]))

    def _spec(self, generation: Generation) -> ModelSpec:
        return self._catalogue.get(generation.model_key)


def _elapsed(generation: Generation) -> int:
    """Seconds since it was made, by the database's clock alone."""
    return max(0, round((generation.seen_at - generation.created_at).total_seconds()))
