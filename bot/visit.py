"""One event of one person while it is being answered: what every handler needs."""

from dataclasses import dataclass, field

from app.inbox import Step
from app.users import User
from bot.screens import Screen
from bot.texts import TOAST_LIMIT, Words, shortened
from bot.texts.words import Argument
from bot.view import View


@dataclass
class Visit:
    """The person, their words, the step that guards writes, and their screen.

    `replayed`: an earlier attempt applied this event already, so it is only drawn again.
    `toast` is what the tap is answered with; the answer itself is sent once, after the handler.
    `drawn`: a screen changed, so there is something to see even if the toast comes too late.
    """

    user: User
    words: Words
    step: Step
    screen: Screen
    replayed: bool = False
    toast: str | None = field(default=None, init=False)
    drawn: bool = field(default=False, init=False)

    async def show(self, view: View, *, as_reply: bool = False, in_place: bool = False) -> None:
        """Shows a screen; a tap that changes nothing visible is answered with a toast."""
        changed = await self.screen.show(view, as_reply=as_reply, in_place=in_place)
        self._say_unchanged(changed=changed)

    async def replace(self, view: View) -> int | None:
        """Edits the tapped message, whatever it is; see `Screen.replace`."""
        message_id = await self.screen.replace(view)
        self._say_unchanged(changed=message_id is not None)
        return message_id

    def say(self, key: str, **arguments: Argument) -> None:
        """Answers the tap with a toast, at most 200 characters."""
        self.toast = shortened(self.words.plain(key, **arguments), TOAST_LIMIT)

    def _say_unchanged(self, *, changed: bool) -> None:
        self.drawn = self.drawn or changed
        if not changed and self.toast is None:
            self.say("toast-unchanged")
