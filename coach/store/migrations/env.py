"""What Alembic runs. Connection and open transaction come from migrate.py; there is no alembic.ini."""

from alembic import context

from coach.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
