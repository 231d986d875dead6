"""Seals of those entries of the audit from which a moderator has removed words."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "audit_redaction",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("audit_redaction")
