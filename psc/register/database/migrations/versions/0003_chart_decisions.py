"""Decisions that people make about a measure's chart: new limits, baselines, targets and notes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "chart_decision",
        sa.Column("id", sa.String(120), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False, index=True),
        sa.Column("areas", DOCUMENT, nullable=False),
        sa.Column("provenance", sa.String(10), nullable=False),
        sa.Column("claimed_by", sa.String(40)),
        sa.Column("compiled", DOCUMENT),
        sa.Column("content", DOCUMENT, nullable=False),
        sa.Column("times", DOCUMENT, nullable=False),
        sa.Column("created_by", sa.String(254), nullable=False),
        sa.Column("updated_by", sa.String(254), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("chart_decision")
