"""The staff's services, wired to each other."""

from collections.abc import Collection
from dataclasses import dataclass

from app.admin.crew import Crew
from app.admin.dead import DeadDesk
from app.admin.generations import GenerationDesk
from app.admin.models import ModelsDesk
from app.admin.money import MoneyDesk
from app.admin.neighbours import StaffNeighbours
from app.admin.office import Office
from app.admin.rates import RatesDesk
from app.admin.receipts import ReceiptDesk
from app.admin.refunds import RefundAllDesk, RefundRunner
from app.admin.service import AdminService
from app.admin.staff import Staff
from app.admin.strange import StrangeDesk
from app.catalogue import Catalogue
from app.clock import SystemClock
from app.db import Database
from app.jobs import JobQueue
from app.money import Kopecks
from app.offers import RatesInForce


@dataclass(frozen=True)
class Desks:
    """Where the staff works."""

    staff: Staff
    admin: AdminService
    money: MoneyDesk
    strange: StrangeDesk
    receipts: ReceiptDesk
    rates: RatesDesk
    crew: Crew
    dead: DeadDesk
    generations: GenerationDesk
    refund_all: RefundAllDesk
    refund_runner: RefundRunner
    models: ModelsDesk


@dataclass(frozen=True)
class Rules:
    """`owners` are Telegram ids; only they move more than `second_over` kopecks at once."""

    owners: Collection[int]
    second_over: Kopecks


def build_desks(
    database: Database,
    near: StaffNeighbours,
    catalogue: Catalogue,
    rates: RatesInForce,
    queue: JobQueue,
    rules: Rules,
) -> Desks:
    """Opens nothing."""
    staff = Staff(database, rules.owners)
    office = Office(database, staff, queue)
    return Desks(
        staff=staff,
        admin=AdminService(database, office, staff, near),
        money=MoneyDesk(database, office, staff, near, second_over=rules.second_over),
        strange=StrangeDesk(database, office, near),
        receipts=ReceiptDesk(database, office, staff, near.transfers, near.users),
        rates=RatesDesk(office, rates),
        crew=Crew(database, office, staff, near.users),
        dead=DeadDesk(database, office),
        generations=GenerationDesk(database, office, near),
        refund_all=RefundAllDesk(database, office, near, SystemClock(), second_over=rules.second_over),
        refund_runner=RefundRunner(database, near, queue),
        models=ModelsDesk(database, office, catalogue, rates),
    )
