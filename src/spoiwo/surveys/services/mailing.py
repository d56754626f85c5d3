"""Invitations and reminders: letters wait in an outbox and a job sends them; the link is made when they are sent."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from spoiwo.kernel.actor import Actor
from spoiwo.surveys.models import FrameUnit, Letter, Survey
from spoiwo.surveys.services.answering import JOB
from spoiwo.surveys.services.links import link_for_unit, path_of
from spoiwo.surveys.services.recording import record_change
from spoiwo.surveys.services.rounds import own_survey
from spoiwo.surveys.types import Step
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.jobs import enqueue

SEND = "surveys.send_letters"
INVITATION, REMINDER, QUERY = "invitation", "reminder", "query"
AT_ONCE = 50
MOST_ATTEMPTS = 5


@transaction.atomic
def invite(*, survey_id: int, at: datetime, by: Actor) -> int:
    """Invite every unit that has an address or an account and was not invited; gives their number.

    Raises NotFound, WrongStep.
    """
    survey = own_survey(survey_id, by, at_step=Step.OPEN)
    units = list(FrameUnit.objects.filter(survey=survey, invited_at__isnull=True).still_silent())
    FrameUnit.objects.filter(pk__in=[unit.pk for unit in units]).update(invited_at=at)
    return _post(survey, units, INVITATION, by)


@transaction.atomic
def remind(*, survey_id: int, by: Actor) -> int:
    """Remind everybody who was invited and has not handed in; gives their number. Raises NotFound, WrongStep."""
    survey = own_survey(survey_id, by, at_step=Step.OPEN)
    units = list(FrameUnit.objects.filter(survey=survey, invited_at__isnull=False).still_silent())
    for unit in units:
        unit.reminders += 1
    FrameUnit.objects.bulk_update(units, ["reminders"], batch_size=500)
    return _post(survey, units, REMINDER, by)


def ask_by_mail(unit: FrameUnit) -> None:
    """Tell a unit that somebody asks about its answer. Call inside a transaction."""
    if unit.email:
        Letter.objects.create(survey_id=unit.survey_id, unit=unit, holder_id=unit.holder_id, kind=QUERY)
        transaction.on_commit(lambda: enqueue(SEND, survey_id=unit.survey_id))


def send_letters(survey_id: int) -> int:
    """Send what waits in the outbox of a survey, letter by letter; gives how many were sent. Called by the worker."""
    sent = 0
    while letters := _next_letters(survey_id):
        for letter in letters:
            sent += _send(letter)
    return sent


@transaction.atomic
def resend_failed(*, survey_id: int, by: Actor) -> int:
    """Try again what failed; gives the number. Raises NotFound."""
    survey = own_survey(survey_id, by)
    count = Letter.objects.filter(survey=survey, state="failed").update(
        state="waiting", attempts=0, problem=""
    )
    transaction.on_commit(lambda: enqueue(SEND, survey_id=survey_id))
    return count


def _post(survey: Survey, units: list[FrameUnit], kind: str, by: Actor) -> int:
    addressed = [unit for unit in units if unit.email]
    Letter.objects.bulk_create(
        [Letter(survey=survey, unit=unit, holder_id=survey.institution_id, kind=kind) for unit in addressed],
        batch_size=500,
    )
    record_change(
        institution_id=survey.institution_id, ref=f"survey:{survey.pk}", outcome=kind, by=by, count=len(units)
    )
    transaction.on_commit(lambda: enqueue(SEND, survey_id=survey.pk))
    return len(units)


def _next_letters(survey_id: int) -> list[Letter]:
    with acting_for(0, job=JOB):
        waiting = Letter.objects.filter(survey_id=survey_id, state="waiting", attempts__lt=MOST_ATTEMPTS)
        return list(waiting.select_related("unit", "survey__institution").order_by("pk")[:AT_ONCE])


def _send(letter: Letter) -> int:
    """Claim a letter, then send it; only a crash between sending and noting it can send it twice."""
    with acting_for(0, job=JOB):
        claimed = Letter.objects.filter(pk=letter.pk, state="waiting", attempts=letter.attempts).update(
            attempts=letter.attempts + 1
        )
    if not claimed:
        return 0
    try:
        _mail(letter)
    except OSError as error:  # the post office is away; smtplib's errors are OSErrors
        last = letter.attempts + 1 >= MOST_ATTEMPTS
        changes = {"state": "failed" if last else "waiting", "problem": type(error).__name__}
    else:
        changes = {"state": "sent", "problem": ""}
    with acting_for(0, job=JOB):
        sent_at = timezone.now() if changes["state"] == "sent" else None
        Letter.objects.filter(pk=letter.pk).update(**changes, sent_at=sent_at)
    return changes["state"] == "sent"


def _mail(letter: Letter) -> None:
    survey = letter.survey
    context = {
        "link": settings.PUBLIC_URL + path_of(link_for_unit(letter.unit)),
        "institution": survey.institution.name,
        "closes_on": survey.closes_on,
        "kind": letter.kind,
    }
    with translation.override(settings.LANGUAGE_CODE):
        subject = " ".join(render_to_string("surveys/mail/waiting_subject.txt", context).split())
        body = render_to_string("surveys/mail/waiting.txt", context)
    EmailMultiAlternatives(subject, body, None, [letter.unit.email]).send()
