"""Operators hear of forged webhooks."""

from alembic import op

revision = "20261123_2140_forgeries"
down_revision = "20261123_2130_succession"
branch_labels = None
depends_on = None

KINDS = (
    "'books_broken', 'charged_back', 'refund_refused', 'strange_payment', 'receipt_late', 'account_refused', "
    "'account_back', 'dead_work', 'model_off_sale', 'model_sold_again', 'forged', 'market_changed'"
)


def upgrade() -> None:
    """Widens what an alert may be about."""
    op.drop_constraint(op.f("ck_operator_alert_kind"), "operator_alert")
    op.create_check_constraint(op.f("ck_operator_alert_kind"), "operator_alert", f"kind IN ({KINDS})")


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
