"""What buttons carry fits, survives the way there and back, and means one thing."""

import inspect
from pathlib import Path

import pytest
from aiogram.filters.callback_data import CallbackData

from app.admin import GRANTABLE, Direction, Rate, Sort
from app.catalogue import Category, load_catalogue
from app.generation import Period
from app.ledger import Bucket
from app.offers import load_showcase
from app.users import Language, words_in_force
from bot import callbacks, money_callbacks, privacy_callbacks, result_callbacks, staff_callbacks
from bot.callbacks import (
    AddPart,
    Agree,
    Ask,
    Confirm,
    ConfirmSeveral,
    DraftAct,
    DraftTap,
    DropPart,
    FamilyPage,
    FileOffer,
    FileOfferPage,
    GenerationAct,
    GenerationTap,
    Go,
    HistoryPage,
    Improve,
    LanguageTap,
    Leave,
    ListKind,
    ListPage,
    ModelTap,
    OfferPage,
    OfferTap,
    Onwards,
    Paper,
    PastFiles,
    Pick,
    PresetTap,
    QuickPage,
    Read,
    Reword,
    Shelf,
    Star,
    TakeFile,
    Target,
    choice_digest,
    parameter_digest,
)
from bot.money_callbacks import (
    BudgetSums,
    BudgetTap,
    Buy,
    Renewal,
    StatementPage,
    TransferAct,
    TransferSum,
    TransferTap,
)
from bot.privacy_callbacks import Depart
from bot.result_callbacks import OnwardPage, OnwardTap, OtherPage, OtherTap
from bot.staff_callbacks import (
    STAFF_CALLBACKS,
    AdjustTap,
    Agreed,
    ApproveTap,
    BackTap,
    DeadAct,
    DeadPage,
    DeadTap,
    LogPage,
    MadeAct,
    MadeTap,
    MarginsPage,
    PaybackTap,
    PersonAct,
    PersonTap,
    RateTap,
    ReceiptAct,
    ReceiptTap,
    RefundAllTap,
    RefundTap,
    RejectTap,
    RoleTap,
    StaffGo,
    StaffScreen,
    StrangeAct,
    StrangeTap,
    Stretch,
    Why,
    WithdrawnPage,
)

MODELS = Path(__file__).resolve().parents[3] / "models"
CATALOGUE = load_catalogue(MODELS)
HUGE = 2**63 - 1
VERSION = words_in_force("https://example.org/terms")
LARGEST: tuple[CallbackData, ...] = (
    Depart(given_up=HUGE, sure=True),
    *(Go(to=it) for it in Target),
    *(Shelf(category=it, page=9999) for it in Category),
    *(FamilyPage(category=it, family="0" * 8, page=9999) for it in Category),
    *(ListPage(kind=it, page=9999) for it in ListKind),
    *(ModelTap(key="k" * 32, kind=it, page=9999) for it in ListKind),
    *(Leave(draft=HUGE, revision=2**31, kind=it, page=9999) for it in ListKind),
    *(Star(draft=HUGE, revision=2**31, on=True, kind=it, page=9999) for it in ListKind),
    ConfirmSeveral(draft=HUGE, revision=2**31, quote=HUGE, times=4),
    PresetTap(key="k" * 32),
    QuickPage(page=9999),
    *(Agree(version=VERSION, to=it, about=HUGE, draft=HUGE) for it in Onwards),
    *(Read(paper=it, to=to, about=HUGE, draft=HUGE) for it in Paper for to in Onwards),
    Buy(stars=10_000),
    OfferPage(page=9999),
    OfferTap(key="k" * 32),
    FileOfferPage(page=9999, message=HUGE),
    FileOffer(key="k" * 32, message=HUGE),
    *(DraftTap(draft=HUGE, revision=2**31, act=it) for it in DraftAct),
    Ask(draft=HUGE, revision=2**31, parameter="0" * 8),
    Pick(draft=HUGE, revision=2**31, choice="0" * 8),
    Confirm(draft=HUGE, revision=2**31, quote=HUGE),
    *(GenerationTap(generation=HUGE, act=it) for it in GenerationAct),
    HistoryPage(before=HUGE),
    PastFiles(draft=HUGE, revision=2**31, before=HUGE),
    TakeFile(draft=HUGE, revision=2**31, generation=HUGE, number=99),
    AddPart(draft=HUGE, revision=2**31),
    DropPart(draft=HUGE, revision=2**31, number=9999),
    Improve(draft=HUGE, revision=2**31, after=HUGE, price=10**7 - 1),
    Reword(draft=HUGE, revision=2**31, improvement=HUGE, better=False),
    OnwardTap(key="k" * 32, generation=HUGE, number=99),
    OnwardPage(generation=HUGE, page=9999),
    OtherTap(key="k" * 32, generation=HUGE),
    OtherPage(generation=HUGE, page=9999),
    StatementPage(before=HUGE),
    *(BudgetTap(period=it, kopecks=HUGE) for it in Period),
    *(BudgetSums(period=it) for it in Period),
    Renewal(order=HUGE, renews=False),
    *(LanguageTap(code=it) for it in Language),
    TransferSum(kopecks=HUGE),
    *(TransferTap(order=HUGE, act=it) for it in TransferAct),
    *(StaffGo(to=it) for it in StaffScreen),
    BackTap(suspension=HUGE),
    *(PersonTap(person=HUGE, act=it) for it in PersonAct),
    *(RoleTap(person=HUGE, role=it) for it in GRANTABLE),
    *(ReceiptTap(receipt=HUGE, act=it) for it in ReceiptAct),
    ApproveTap(receipt=HUGE, amount=10**11 - 1),
    *(RejectTap(receipt=HUGE, why=it) for it in Why),
    *(RateTap(rate=it) for it in Rate),
    RefundTap(generation=HUGE),
    *(MadeTap(generation=HUGE, act=it) for it in MadeAct),
    DeadPage(page=9999),
    *(DeadTap(sort=sort, work=HUGE, act=it) for sort in Sort for it in DeadAct),
    RefundAllTap(hours=720),
    PaybackTap(payment=HUGE),
    *(AdjustTap(person=HUGE, direction=it, bucket=Bucket.BONUS) for it in Direction),
    *(StrangeTap(payment=HUGE, act=it) for it in StrangeAct),
    *(MarginsPage(stretch=it, page=9999) for it in Stretch),
    Agreed(digest="0" * 16),
    LogPage(before=HUGE),
    WithdrawnPage(page=9999),
)


@pytest.mark.proves("F34")
@pytest.mark.parametrize("data", LARGEST, ids=lambda it: it.pack())
def test_the_longest_callback_fits_into_64_bytes_and_comes_back_whole(data: CallbackData) -> None:
    packed = data.pack()
    assert len(packed.encode()) <= 64
    assert type(data).unpack(packed) == data


@pytest.mark.proves("F34")
def test_no_kind_of_button_is_left_out_here() -> None:
    kinds = [
        *inspect.getmembers(callbacks, inspect.isclass),
        *inspect.getmembers(money_callbacks, inspect.isclass),
        *inspect.getmembers(privacy_callbacks, inspect.isclass),
        *inspect.getmembers(result_callbacks, inspect.isclass),
        *inspect.getmembers(staff_callbacks, inspect.isclass),
    ]
    ours = {kind for _, kind in kinds if issubclass(kind, CallbackData) and kind is not CallbackData}
    assert {type(data) for data in LARGEST} == ours


@pytest.mark.proves("F34")
def test_no_model_preset_or_family_has_a_longer_name_than_the_longest_here() -> None:
    presets = load_showcase(MODELS / "showcase", CATALOGUE).presets
    keys = [*(spec.key for spec in CATALOGUE.models), *(preset.key for preset in presets)]
    assert [key for key in keys if len(key.encode()) > 32 or ":" in key] == []


@pytest.mark.proves("F20")
@pytest.mark.parametrize("number", [2**63, -1, 10**30])
def test_a_number_that_no_row_can_hold_is_no_button_of_ours(number: int) -> None:
    files = (f"file:z-image:{number}", f"files:0:{number}")
    drafts = (f"run:1:{number}:1", f"draft:{number}:1:back")
    for data in (f"made:{number}:show", f"past:{number}", *drafts, *files):
        kind = next(type(it) for it in LARGEST if data.startswith(f"{it.__prefix__}:"))
        with pytest.raises(ValueError, match="1 validation error"):
            kind.unpack(data)


def test_no_two_callbacks_share_a_prefix() -> None:
    prefixes = [it.__prefix__ for it in {type(data) for data in LARGEST}]
    assert len(prefixes) == len(set(prefixes))


def test_digests_tell_all_parameters_and_choices_of_each_model_apart() -> None:
    for spec in CATALOGUE.models:
        names = [parameter_digest(it) for it in spec.parameters]
        assert len(names) == len(set(names))
        choices = [choice_digest(it, choice) for it in spec.parameters for choice in it.choices]
        assert len(choices) == len(set(choices))


def test_every_button_of_the_staff_is_known_as_such() -> None:
    theirs = {type(it) for it in LARGEST if type(it).__module__ == "bot.staff_callbacks"}
    assert theirs == set(STAFF_CALLBACKS)
