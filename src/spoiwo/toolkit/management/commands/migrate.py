"""Django's migrate, which takes an empty database all the way at one stroke."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from spoiwo.toolkit.first_schema import lay_tables


class Command(Migrate):
    """As Django's; before it begins, the tables of an empty database are laid."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply what is pending."""
        if options["app_label"] is None and not options["plan"] and not options["check_unapplied"]:
            lay_tables(options["database"])
        super().handle(*args, **options)
