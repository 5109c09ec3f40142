"""Gunicorn, here and in production: every value has a variable in `docs/configuration.md`."""

import os
from typing import Any

from gunicorn.glogging import Logger

from cms.logs import redact
from cms.memory import settle

bind = os.environ.get("WEB_BIND", f"0.0.0.0:{os.environ.get('PORT', '8000')}")
# Threads wait for the database and files; two processes keep both cores of a small machine busy.
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_class = "gthread"
preload_app = True
# A page or an export that takes longer has failed.
timeout = int(os.environ.get("WEB_TIMEOUT", "60"))
# A deployment lets requests end: as long as a page may take, and what orchestrators wait for.
graceful_timeout = int(os.environ.get("WEB_GRACEFUL_TIMEOUT", "30"))
keepalive = 5
# The longest address of ours (a search) is under 2,000 characters.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
# Proxies whose X-Forwarded-* headers are believed.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = os.environ.get("WEB_ACCESS_LOG") or None
# No address of a person, no query, no referrer: what was answered, and how fast.
access_log_format = (
    '{"logger": "access", "time": "%(t)s", "method": "%(m)s", "path": "%(U)s", "status": %(s)s,'
    ' "bytes": "%(B)s", "seconds": %(L)s, "request_id": "%({x-request-id}o)s"}'
)
# Shared memory: a slow disk must not make the master believe that a worker hangs.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112
# Its control socket would be one file for every site of the same account.
control_socket_disable = True


def when_ready(server: Any) -> None:
    settle()


class AccessLog(Logger):
    """Paths without e-mail addresses and keys, as in the other logs."""

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        atoms = super().atoms(*args, **kwargs)
        atoms["U"] = redact(atoms["U"])
        return atoms


logger_class = AccessLog
