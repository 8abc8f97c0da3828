"""The parts of `make catalogue-diff`: which KIE is asked, what is found, how it is said and written down."""

from app.tools.market.findings import Findings, look
from app.tools.market.proposal import Proposal, propose
from app.tools.market.provider import Asked, asked_provider
from app.tools.market.report import lines_of

__all__ = ["Asked", "Findings", "Proposal", "asked_provider", "lines_of", "look", "propose"]
