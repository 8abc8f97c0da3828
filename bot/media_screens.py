"""The screen that asks what to do with a file."""

from collections.abc import Sequence

from app.catalogue import ModelSpec
from app.offers import Offers, Showcase
from app.users import Attachment, AttachmentService
from bot.attaching import lives_on_files
from bot.callbacks import Onwards
from bot.consent_desk import ConsentDesk
from bot.media import TELEGRAM_MEGABYTES, is_too_heavy
from bot.menu_screen import MenuScreen
from bot.views.media import file_offers_view, models_for
from bot.views.models import categories_view
from bot.visit import Visit


class FileScreens:
    """Keeps files that came without a state and offers models for them."""

    def __init__(
        self,
        attachments: AttachmentService,
        offers: Offers,
        showcase: Showcase,
        menu: MenuScreen,
        consent_desk: ConsentDesk,
    ) -> None:
        self._attachments = attachments
        self._consent_desk = consent_desk
        self._offers = offers
        self._showcase = showcase
        self._menu = menu

    async def offer(self, visit: Visit, attachment: Attachment) -> None:
        """The models for this file and those of its album so far; once there, the screen is edited in place.

        Before them the question for consent, where it is missing: the files wait for it.
        """
        if is_too_heavy(attachment.file):
            await self._menu.show(visit, visit.words("file-too-heavy", megabytes=TELEGRAM_MEGABYTES))
            return
        place, message_id = visit.screen.place, attachment.message_id
        waiting = await self._attachments.keep(visit.step.epoch, place.chat_id, place.user_id, attachment)
        if not await self._consent_desk.given(visit):
            await self._consent_desk.ask(visit, Onwards.FILES, message_id, in_place=waiting > 1)
            return
        album = await self._attachments.album(place.chat_id, place.user_id, message_id)
        models = self._models(album)
        if not models:
            await self._menu.show(visit, visit.words("file-nothing"))
            return
        view = file_offers_view(visit.words, self._offers, models, album, 0)
        await visit.show(view, as_reply=True, in_place=len(album) > 1)

    async def page(self, visit: Visit, message_id: int, page: int) -> None:
        """Another page of the same offers."""
        place = visit.screen.place
        if not await self._consent_desk.passes(visit, Onwards.FILES, message_id):
            return
        album = await self._attachments.album(place.chat_id, place.user_id, message_id)
        models = self._models(album) if album else ()
        if not models:
            visit.say("toast-file-gone")
            await visit.show(categories_view(visit.words, self._offers))
            return
        await visit.show(file_offers_view(visit.words, self._offers, models, album, page))

    def _models(self, album: Sequence[Attachment]) -> Sequence[ModelSpec]:
        """What lives on such files before what may also take them; of both, the best first."""
        found = self._showcase.best_first(models_for(self._offers, album))
        return sorted(found, key=lambda spec: not lives_on_files(spec))
