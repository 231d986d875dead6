"""The register: records, roles, forms in progress, and the audit, to which entries can only be added."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make every table."""
    _record("priority", sa.Column("agreed", DOCUMENT, nullable=False), sa.Column("revision", DOCUMENT))
    _record(
        "test_of_change",
        sa.Column("priority_id", sa.String(120), sa.ForeignKey("priority.id"), nullable=False, index=True),
        sa.Column("cycle", sa.Integer, nullable=False),
        sa.UniqueConstraint("priority_id", "cycle"),
    )
    _record(
        "solution",
        sa.Column("test_ids", DOCUMENT, nullable=False),
        sa.Column("revision", DOCUMENT),
        sa.Column("proposed", sa.Boolean, nullable=False),
        sa.Column("returned", sa.Text),
    )
    _record(
        "adoption",
        sa.Column("solution_id", sa.String(120), sa.ForeignKey("solution.id"), nullable=False, index=True),
        sa.Column("area", sa.String(40), nullable=False),
    )
    _record("suggestion", sa.Column("priority_id", sa.String(120), sa.ForeignKey("priority.id")))
    _record("event")
    _record("capability")
    _record(
        "role_grant",
        sa.Column("email", sa.String(254), nullable=False, index=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("area", sa.String(40), nullable=False),
        sa.UniqueConstraint("email", "role", "area"),
    )
    _forms()
    _audit()


def _record(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
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
        *columns,
    )


def _forms() -> None:
    op.create_table(
        "form",
        sa.Column("email", sa.String(254), primary_key=True),
        sa.Column("form", sa.String(120), primary_key=True),
        sa.Column("token", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("content", DOCUMENT, nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "sent_form",
        sa.Column("token", sa.String(36), primary_key=True),
        sa.Column("record_id", sa.String(120), nullable=False),
        sa.Column("sent_at", sa.String(32), nullable=False),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who", sa.String(254), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("record_id", sa.String(120), nullable=False, index=True),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
    for statement in _append_only(op.get_bind().dialect.name):
        op.execute(sa.text(statement))


def _append_only(dialect: str) -> list[str]:
    if dialect == "sqlite":
        return [
            "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
            "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
        ]
    return [
        "CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$",
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()",
    ]
