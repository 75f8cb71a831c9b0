"""Settings of the web server: gunicorn --config python:config.gunicorn config.wsgi"""

import gc
import sys
from pathlib import Path

from config import environment
from config.logging import logging_settings

worker_class = "gthread"
# Few threads in each: who holds a row in a rush must not wait for the interpreter behind others.
workers = environment.number("WEB_WORKERS", 2)
threads = environment.number("WEB_THREADS", 2)
preload_app = True  # imports once, and the processes share that memory
control_socket_disable = True  # it would lie in the home folder
timeout = 60
graceful_timeout = 20
max_requests = 5000
max_requests_jitter = 500
if Path("/dev/shm").is_dir():  # noqa: S108 - heartbeats only; a slow disk would look like a hang
    worker_tmp_dir = "/dev/shm"  # noqa: S108


def pre_fork(server, worker):
    """What was imported stays for ever: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


def post_fork(server, worker):
    # A request makes thousands of objects that die with it.
    gc.set_threshold(50_000, 20, 50)
    # Who waits for the database gets the interpreter back at once, not after the usual 5 ms.
    sys.setswitchinterval(0.0005)


logconfig_dict = logging_settings(environment.text("LOG_LEVEL", "INFO"))
# Gunicorn gives its own loggers no handlers of ours; every request is logged by the application.
logconfig_dict["loggers"]["gunicorn.error"] = {"level": "INFO", "propagate": True}
logconfig_dict["loggers"]["gunicorn.access"] = {"level": "WARNING", "propagate": True}
