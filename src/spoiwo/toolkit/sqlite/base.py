"""The connection; Django finds it by the name of this module."""

from sqlite3 import Connection
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.backends.sqlite3 import base

from spoiwo.toolkit.sqlite.guarding import guard
from spoiwo.toolkit.sqlite.schema import DatabaseSchemaEditor
from spoiwo.toolkit.turns import Turns


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions take turns with those of other processes and threads."""

    SchemaEditorClass = DatabaseSchemaEditor
    _turns: Turns | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """A connection that, in a process that serves people, may not touch what is only ever added to."""
        opened: Connection = super().get_new_connection(conn_params)
        if settings.SPOIWO_GUARDED:
            guard(opened)
        return opened

    def _start_transaction_under_autocommit(self) -> None:
        if self.is_in_memory_db():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # missing in the stubs
            return
        if self._turns is None:
            self._turns = Turns(str(self.settings_dict["NAME"]))
        with self._turns.waiting() as seconds:
            if seconds > self.settings_dict["OPTIONS"]["timeout"]:
                raise OperationalError("database is locked")  # the whole queue gives up when its time is over
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # missing in the stubs

    def _close(self) -> None:
        super()._close()  # type: ignore[misc]  # missing in the stubs
        if self._turns is not None:
            self._turns.close()
            self._turns = None
