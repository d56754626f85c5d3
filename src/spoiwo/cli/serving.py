"""The two processes of a running platform: the production server and the background worker."""

from argparse import Namespace
from typing import Any

from django.conf import settings
from django.db import connections
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.util import import_app  # type: ignore[import-untyped]

from spoiwo.cli.commands import worker
from spoiwo.cli.console import Console

APPLICATION = "spoiwo.config.wsgi:application"


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, told what to do by us instead of by its own command line."""

    def __init__(self, address: str, workers: int):
        self._wanted = {
            "bind": address,
            "worker_class": "gthread",
            "workers": workers,
            "threads": 4,
            "graceful_timeout": 15,
            "timeout": 120,
            "keepalive": 30,
            "loglevel": "warning",
            "preload_app": True,
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Our settings; the environment's GUNICORN_CMD_ARGS has no say."""
        for name, value in self._wanted.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, which refuses an unsafe start."""
        return import_app(APPLICATION)


def serve(address: str, workers: int) -> None:
    """Serve until SIGTERM."""
    _forget_owner()
    Server(address, workers).run()


def work(console: Console) -> None:
    """Do background work until SIGTERM."""
    _forget_owner()
    settings.SPOIWO_GUARDED = True
    part()  # what is opened from now on is guarded
    worker.run(Namespace(), console)


def part() -> None:
    """Leave nothing open before the processes part."""
    connections.close_all()


def _forget_owner() -> None:
    """The serving processes have no use for the role that owns the tables."""
    settings.SPOIWO_OWNER_DATABASE = None
