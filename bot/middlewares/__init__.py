"""What happens around every handler: who it is, what they may, and the answer to the tap."""

from bot.middlewares.floods import FloodMiddleware
from bot.middlewares.measuring import MeasuringMiddleware
from bot.middlewares.outgoing import ChatPace, OutgoingMiddleware
from bot.middlewares.person import PersonMiddleware
from bot.middlewares.rates import RatesMiddleware
from bot.middlewares.visits import VisitMiddleware

__all__ = [
    "ChatPace",
    "FloodMiddleware",
    "MeasuringMiddleware",
    "OutgoingMiddleware",
    "PersonMiddleware",
    "RatesMiddleware",
    "VisitMiddleware",
]
