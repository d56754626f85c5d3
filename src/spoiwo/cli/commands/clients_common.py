"""spoiwo clients common."""

from argparse import Namespace

from django.contrib.auth import get_user_model
from django.utils import timezone

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.cli import finding
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused
from spoiwo.cli.types import Answer, Text
from spoiwo.clients.queries import counts, pairs
from spoiwo.institutions import queries as institutions
from spoiwo.toolkit.context import acting_for

_SEES_BOTH = "export"


def run(options: Namespace, console: Console) -> Answer:
    """How many of each one's clients the other serves too, under agreements in force today."""
    left, right = finding.institution_id(options.left), finding.institution_id(options.right)
    data: dict[str, object] = {
        "left": options.left,
        "right": options.right,
        "left_records": _common(left, right),
        "right_records": _common(right, left),
    }
    text = Text(
        f"{options.left}: {data['left_records']} of its records are common clients with {options.right} "
        f"({data['right_records']} records there).",
        f"{options.left}: wspólnych klientów z {options.right} według własnych zapisów: {data['left_records']} "
        f"(zapisów po drugiej stronie: {data['right_records']}).",
    )
    lines = [console.pick(text)]
    if options.pairs:
        listed = _pairs(left, right, asking=options.asking)
        data["pairs"] = listed
        lines += [f"{one}\t{other}" for one, other in listed]
    return Answer(data, lines)


def _common(one: int, other: int) -> int:
    with acting_for(one):
        found = counts.common_counts(one, timezone.localdate())
    return next((count.people for count in found if count.other_id == other), 0)


def _pairs(left: int, right: int, *, asking: str) -> list[tuple[str, str]]:
    """Pairs for the operator who asks, on record in both institutions' chains before they are shown."""
    operator_id = _operator(asking)
    with acting_for(left, job=_SEES_BOTH):
        listed = list(pairs.common_pairs(left, right))
        audit.append(
            *(
                Entry(
                    institution_id=institution_id,
                    action=Action.EXPORT,
                    actor_user_id=operator_id,
                    object_ref=f"common-pairs:{left}-{right}",
                    categories=("identity",),
                    count=len(listed),
                )
                for institution_id in (left, right)
            )
        )
    return listed


def _operator(email: str) -> int:
    account = get_user_model().objects.filter(email__iexact=email, is_active=True).first() if email else None
    actor = (
        institutions.actor_for(account, institution_id=None, day=timezone.localdate()) if account else None
    )
    if actor is None or not actor.is_operator:
        raise Refused(
            "Pairs are given to operators only: name the account of one with --as.",
            "Pary są tylko dla operatorów: podaj konto operatora w --as.",
        )
    return actor.user_id
