"""spoiwo institutions list."""

from argparse import Namespace

from django.utils import timezone

from spoiwo.cli.console import Console
from spoiwo.cli.types import Answer
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.errors import DomainError
from spoiwo.territory import queries as territory


def run(_options: Namespace, _console: Console) -> Answer:
    """Code, kinds, name and territory of every open institution, in Polish order of names."""
    rows = [
        {
            "code": institution.code,
            "kinds": sorted(kind.kind for kind in institution.kinds.all()),
            "name": institution.name,
            "territory": _territory(institution.area or institution.teryt),
        }
        for institution in institutions.directory()
    ]
    lines = [f"{row['code']}\t{','.join(row['kinds'])}\t{row['name']}\t{row['territory']}" for row in rows]
    return Answer({"institutions": rows}, lines)


def _territory(code: str) -> str:
    """The TERYT code with the smallest name that the register knows for it; empty when there is no code."""
    if not code:
        return ""
    try:
        path = territory.path_of(code, timezone.localdate())
    except DomainError:
        return code
    name = path.commune or path.county or path.voivodeship
    return f"{code} {name}" if name else code
