"""A database on a PostgreSQL server for the time of a benchmark."""

import os
from urllib.parse import urlsplit


class created_database:
    """Gives the address of a database of its own on that server, gone after the block."""

    def __init__(self, server: str) -> None:
        self.server, self.name = server, f"bench_{os.getpid()}"

    def __enter__(self) -> str:
        self._run(f"CREATE DATABASE {self.name}")
        return urlsplit(self.server)._replace(path=f"/{self.name}").geturl()

    def __exit__(self, *_: object) -> None:
        self._run(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)
