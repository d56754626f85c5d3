"""What an actor may do with files."""

from spoiwo.exchange.querysets import KEEPERS, REGISTRAR, sheet_kinds
from spoiwo.kernel.actor import Actor


def may_see_imports(actor: Actor | None) -> bool:
    """Registrars, and those who watch over the register."""
    return actor is not None and actor.has_any(*KEEPERS)


def may_import(actor: Actor | None) -> bool:
    """Registrars bring files in, map columns and see rejected rows."""
    return actor is not None and actor.has_any(REGISTRAR)


def may_export(actor: Actor | None) -> bool:
    """Registrars and the data protection officer take out what the institution put in."""
    return actor is not None and actor.has_any(REGISTRAR, "iod")


def may_bring_sheets(actor: Actor | None) -> bool:
    """Support centres bring in their past years, offices their totals."""
    return actor is not None and bool(sheet_kinds(actor))
