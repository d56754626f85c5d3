"""spoiwo user create."""

import sys
from argparse import Namespace
from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from spoiwo.cli import finding
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused, Unusable
from spoiwo.cli.types import Answer, Text
from spoiwo.institutions import services as institutions
from spoiwo.institutions.types import COMMAND_LINE, NewAuthorisation, Role


def run(options: Namespace, console: Console) -> Answer:
    """An account, authorised at an institution when one is named; both or nothing."""
    roles = _roles(options.roles)
    _refuse_half_an_authorisation(options, roles)
    institution_id = finding.institution_id(options.institution) if options.institution else None
    password = _password(options)
    with transaction.atomic():
        user = institutions.create_user(
            email=options.email,
            full_name=options.name,
            password=password,
            is_operator=options.operator,
            by=COMMAND_LINE,
        )
        if institution_id is not None:
            institutions.authorise(
                user_id=user.pk,
                institution_id=institution_id,
                authorisations=[
                    NewAuthorisation(role=role, number=options.number, valid_from=timezone.localdate())
                    for role in roles
                ],
                by=COMMAND_LINE,
            )
    data = {
        "email": user.email,
        "operator": user.is_operator,
        "institution": options.institution or None,
        "roles": [str(role) for role in roles],
        "can_sign_in": password is not None,
    }
    text = Text(f"The account {user.email} was created.", f"Utworzono konto {user.email}.")
    return Answer(data, [console.pick(text)])


def _roles(codes: Sequence[str]) -> list[Role]:
    known = {str(role) for role in Role}
    unknown = [code for code in codes if code not in known]
    if unknown:
        listed = ", ".join(sorted(known))
        raise Unusable(
            f"Unknown role: {', '.join(unknown)}. Roles: {listed}.",
            f"Nieznana rola: {', '.join(unknown)}. Role: {listed}.",
        )
    return [Role(code) for code in codes]


def _refuse_half_an_authorisation(options: Namespace, roles: Sequence[Role]) -> None:
    given = [bool(options.institution), bool(roles), bool(options.number)]
    if any(given) and not all(given):
        raise Unusable(
            "An authorisation needs all three: --institution, --role and --number.",
            "Upoważnienie wymaga wszystkich trzech: --institution, --role i --number.",
        )


def _password(options: Namespace) -> str | None:
    """The first line of standard input, checked as on the page where people choose one."""
    if not options.password_stdin:
        return None
    password = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password, get_user_model()(email=options.email, full_name=options.name))
    except ValidationError as error:
        text = " ".join(error.messages)
        raise Refused(text, text) from error
    return password
