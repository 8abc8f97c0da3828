"""Stand-ins for the ports: they refuse to be called while a unit of work is open."""

from tests.fakes.media import FakeHost, FakeSource
from tests.fakes.notifier import FakeNotifier
from tests.fakes.outside import refuse_in_unit_of_work
from tests.fakes.patience import until
from tests.fakes.provider import Creation, FakeProvider
from tests.fakes.store import FakeStore

__all__ = [
    "Creation",
    "FakeHost",
    "FakeNotifier",
    "FakeProvider",
    "FakeSource",
    "FakeStore",
    "refuse_in_unit_of_work",
    "until",
]
