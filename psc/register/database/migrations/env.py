"""Alembic's entry: runs the migrations on the connection it is given, within the transaction that holds the lock."""

from alembic import context

from psc.register.database.register_tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
