"""Every table is known to the export and to the deletion."""

import pytest

from app.db import Base
from app.db.migration import load_tables
from app.privacy import NOBODYS, PERSONAL
from app.privacy.rules import Gone
from app.retention import KEPT

NAMES_A_PERSON = frozenset({"user_id", "chat_id", "actor_id", "lane"})


@pytest.mark.proves("S13")
def test_every_table_has_a_rule_or_a_reason_why_it_knows_nobody() -> None:
    load_tables()
    ruled = [rule.table for rule in PERSONAL]
    assert sorted([*ruled, *NOBODYS]) == sorted(Base.metadata.tables)


@pytest.mark.proves("S13")
def test_no_table_with_a_column_for_a_person_is_said_to_know_nobody() -> None:
    load_tables()
    for table in NOBODYS:
        columns = Base.metadata.tables[table].columns
        assert not NAMES_A_PERSON & set(columns.keys()), table
        assert not [it for it in columns for key in it.foreign_keys if key.column.table.name == "person"], (
            table
        )


@pytest.mark.proves("S13")
def test_what_is_given_out_has_a_name_of_its_own_and_what_is_not_a_reason() -> None:
    sections = [rule.section for rule in PERSONAL if rule.section]
    assert len(sections) == len(set(sections))
    assert [rule.table for rule in PERSONAL if bool(rule.section) == bool(rule.kept_back)] == []


@pytest.mark.proves("S13")
def test_hidden_columns_exist_and_no_proof_of_money_is_deleted() -> None:
    load_tables()
    for rule in PERSONAL:
        assert set(rule.hidden) <= set(Base.metadata.tables[rule.table].columns.keys()), rule.table
        if isinstance(rule.fate, Gone):
            assert "money" not in KEPT.get(rule.table, "")
            assert "proof" not in KEPT.get(rule.table, "")
