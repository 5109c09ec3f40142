"""Gunicorn, here and in production: every value has a variable in `docs/configuration.md`."""

import os

bind = os.environ.get("WEB_BIND", f"0.0.0.0:{os.environ.get('PORT', '8000')}")
# Threads wait for the database and files; two processes keep both cores of a small machine busy.
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_class = "gthread"
preload_app = True
# A page or an export that takes longer has failed.
timeout = int(os.environ.get("WEB_TIMEOUT", "60"))
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = os.environ.get("WEB_ACCESS_LOG") or None
# Shared memory: a slow disk must not make the master believe that a worker hangs.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112
# Its control socket would be one file for every site of the same account.
control_socket_disable = True
