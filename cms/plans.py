"""The plans that each connection to PostgreSQL keeps (docs/decisions/0010)."""

from typing import Any

from django.db.backends.signals import connection_created

# A tenth of a megabyte each. psycopg keeps a hundred and forgets how often it met the others: those
# of six pages, so that what the seventh asks would be planned every time.
KEPT = 300


def keep_plans(connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "postgresql":
        connection.connection.prepared_max = KEPT


def connect() -> None:
    connection_created.connect(keep_plans, dispatch_uid="cms.plans.keep_plans")
