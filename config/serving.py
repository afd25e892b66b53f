"""How gunicorn serves a public site: ``gunicorn -c config/serving.py config.wsgi``.

A worker takes no new request once it is told to stop, and has 30 seconds for those in hand. It is
replaced after some thousand requests, not all of them at once, so that no leak adds up.
"""

from config import environment

bind = environment.text("CONSTAT_BIND", "127.0.0.1:8000")
workers = environment.number("CONSTAT_WEB_WORKERS", 2, least=1)
threads = environment.number("CONSTAT_WEB_THREADS", 4, least=1)
worker_class = "gthread"
preload_app = True  # Once for all workers; and a fault shows before the first of them.
timeout = environment.number("CONSTAT_WEB_SECONDS", 60, least=5)
graceful_timeout = 30
keepalive = 5  # seconds; proxies keep connections open
max_requests, max_requests_jitter = 20_000, 5_000
worker_tmp_dir = "/dev/shm"  # In memory: a slow disk must not look like a worker that hangs.
control_socket_disable = True


def on_starting(_server) -> None:
    """The figures of processes that are gone are none of this server's."""
    from config.operating import metrics

    metrics.begin()
