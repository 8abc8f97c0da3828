"""Asks a person for their consent where it is missing, and keeps what they wanted until they gave it."""

from app.users import ConsentService
from bot.callbacks import Agree, Onwards, Read
from bot.configured import Configured
from bot.views.consent import consent_view, paper_view
from bot.visit import Visit


class ConsentDesk:
    """What goes on after the tap stands on the button, so nothing is typed or sent twice."""

    def __init__(self, consents: ConsentService, configured: Configured) -> None:
        self._consents = consents
        self._configured = configured

    async def passes(self, visit: Visit, to: Onwards, about: int = 0) -> bool:
        """True when the person has agreed; else they are asked, see `ask`."""
        if await self.given(visit):
            return True
        await self.ask(visit, to, about)
        return False

    async def given(self, visit: Visit) -> bool:
        """Whether the person has agreed to the words in force."""
        return await self._consents.given(visit.user.id)

    async def ask(
        self, visit: Visit, to: Onwards, about: int = 0, *, draft: int = 0, in_place: bool = False
    ) -> None:
        """The question; its tap leads on `to` what the person wanted. `in_place` as in `Visit.show`."""
        agree = Agree(version=self._consents.version, to=to, about=about, draft=draft)
        view = consent_view(visit.words, agree, await visit.screen.awaits())
        await visit.show(view, as_reply=True, in_place=in_place)

    async def agreed(self, visit: Visit, tap: Agree) -> bool:
        """Records the tap. False when the words have changed since: those of today are shown instead."""
        if await self._consents.agree(visit.step.epoch, visit.user.id, tap.version):
            return True
        visit.say("toast-words-changed")
        today = tap.model_copy(update={"version": self._consents.version})
        await visit.show(consent_view(visit.words, today, await visit.screen.awaits()))
        return False

    async def read(self, visit: Visit, tap: Read) -> None:
        """A paper in place of the question."""
        agree = Agree(version=self._consents.version, to=tap.to, about=tap.about, draft=tap.draft)
        awaits = await visit.screen.awaits()
        await visit.show(paper_view(visit.words, self._configured, tap.paper, agree, awaits))
