"""Communiqués: drafted, approved, sent to everybody who is a signatory that day; corrections go to all again."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies, queries
from spoiwo.partnership.errors import (
    NoTargets,
    NotYours,
    TextMissing,
    WrongState,
)
from spoiwo.partnership.models import Communique, Delivery, OutgoingMail, SentEdition
from spoiwo.partnership.rules.delivering import tells_of, title_of_page
from spoiwo.partnership.services import outbox
from spoiwo.partnership.services.keeping_files import kept_file
from spoiwo.partnership.services.reaching import check_keeper, kept_body, locked, record
from spoiwo.partnership.types import Attached, Channel, CommuniqueState, DeliveryState, Target, Visibility
from spoiwo.toolkit.conflicts import Conflict, differences
from spoiwo.toolkit.jobs import enqueue

ORDINARY = (Channel.IN_APP, Channel.EMAIL)


@transaction.atomic
def draft_communique(
    *,
    body_id: int,
    title: str,
    text: str,
    year: int,
    meeting_id: int | None = None,
    visibility: Visibility = Visibility.PUBLIC,
    by: Actor,
) -> Communique:
    """Write a communiqué; it gets the next number of the year. Raises NotFound, NotYours."""
    body = kept_body(body_id, by)
    number = 1
    while body.communiques.filter(number=f"{number}/{year}").exists():
        number += 1
    communique = Communique.objects.create(
        body=body,
        number=f"{number}/{year}",
        year=year,
        title=title,
        text=text,
        meeting_id=meeting_id,
        visibility=visibility,
    )
    record(body.agreement, communique, "communique_drafted", by)
    return communique


@transaction.atomic
def edit_communique(
    *,
    communique_id: int,
    title: str,
    text: str,
    version: int,
    visibility: Visibility | None = None,
    by: Actor,
) -> Communique:
    """Change the words; of one that was sent this begins a correction, which has to be approved and sent anew.

    Until then everybody reads what was sent. visibility: None leaves it, another one holds at once.
    Raises NotFound, NotYours, Conflict.
    """
    communique = kept_communique(communique_id, by)
    wanted = {"title": title, "text": text, "visibility": visibility or communique.visibility}
    if communique.version != version:
        saved = {name: getattr(communique, name) for name in wanted}
        raise Conflict(differences(wanted, saved), version=communique.version)
    for name, value in wanted.items():
        setattr(communique, name, value)
    begin_change(communique)
    record(communique.body.agreement, communique, "communique_changed", by)
    return communique


def begin_change(communique: Communique) -> None:
    """Whatever changes in a communiqué has to be approved (again) before it is sent."""
    communique.state = CommuniqueState.DRAFT
    communique.version += 1
    communique.save()


@transaction.atomic
def approve_communique(*, communique_id: int, at: datetime, by: Actor) -> Communique:
    """Release a draft for sending: the secretariat or the chair. Raises NotFound, NotYours, WrongState, TextMissing."""
    communique: Communique = locked(Communique, communique_id, by)
    agreement = communique.body.agreement
    if not policies.prepares(by, communique):
        raise NotYours(str(communique_id))
    if communique.state != CommuniqueState.DRAFT:
        raise WrongState(communique.state)
    if not communique.text.strip():
        raise TextMissing(str(communique_id))
    communique.state = CommuniqueState.APPROVED
    communique.approved_at, communique.approved_by_user_id = at, by.user_id
    communique.save(update_fields=["state", "approved_at", "approved_by_user_id"])
    record(agreement, communique, "communique_approved", by)
    return communique


@transaction.atomic
def send_communique(
    *,
    communique_id: int,
    more: Sequence[Target] = (),
    channels: Sequence[Channel] = ORDINARY,
    at: datetime,
    day: date,
    day_known: bool = True,
    by: Actor,
) -> Communique:
    """Send an approved communiqué to all signatories of the day; letters go through the outbox afterwards.

    One that was sent before goes out as the next edition.

    channels: ways that every signatory is reached by; e-mail is left out where no address is known. more: further
    deliveries to keep account of (paper, registered delivery, the institution's own page).
    Raises NotFound, NotYours, WrongState, NoTargets.
    """
    communique = kept_communique(communique_id, by)
    if communique.state != CommuniqueState.APPROVED:
        raise WrongState(communique.state)
    agreement = communique.body.agreement
    signatories = queries.signatories_on(agreement, day)
    if not signatories:
        raise NoTargets(str(communique_id))
    communique.edition += 1 if communique.sent_on else 0
    communique.state, communique.sent_on, communique.day_known = CommuniqueState.SENT, day, day_known
    communique.save(update_fields=["edition", "state", "sent_on", "day_known"])
    _keep_words(communique, at)
    wanted = {(institution.pk, channel) for institution in signatories for channel in channels}
    wanted |= {(one.institution_id, one.channel) for one in more}
    mails = _letters(communique, {one.pk: one.email for one in signatories}, wanted, at)
    _open_deliveries(communique, wanted, mails, at)
    record(agreement, communique, "communique_sent", by, count=len(signatories))
    if mails:
        transaction.on_commit(partial(enqueue, outbox.SEND_JOB))
    return communique


@transaction.atomic
def expect_delivery(*, communique_id: int, target: Target, at: datetime, by: Actor) -> Delivery:
    """Keep account of one more way to an institution. Raises NotFound, NotYours, WrongState."""
    communique = kept_communique(communique_id, by)
    if communique.state != CommuniqueState.SENT:
        raise WrongState(communique.state)
    delivery, _made = Delivery.objects.get_or_create(
        communique=communique,
        edition=communique.edition,
        institution_id=target.institution_id,
        channel=target.channel,
        defaults={"changed_at": at},
    )
    record(communique.body.agreement, delivery, "delivery_expected", by)
    return delivery


@transaction.atomic
def acknowledge(*, delivery_id: int, at: datetime, by: Actor) -> Delivery:
    """Say for one's institution that the communiqué was read. Raises NotFound, NotYours."""
    delivery: Delivery = locked(Delivery, delivery_id, by)
    if not policies.may_acknowledge(by, delivery):
        raise NotYours(str(delivery_id))
    delivery.state, delivery.changed_at = DeliveryState.ACKNOWLEDGED, at
    delivery.acknowledged_by_user_id = by.user_id
    delivery.save(update_fields=["state", "changed_at", "acknowledged_by_user_id"])
    record(delivery.communique.body.agreement, delivery, "acknowledged", by)
    return delivery


@transaction.atomic
def keep_evidence(*, delivery_id: int, name: str, content: bytes, at: datetime, by: Actor) -> Delivery:
    """Keep the proof of a registered delivery or of a paper letter; the file lies under its SHA-256.

    Raises NotFound, NotYours, FileRefused.
    """
    delivery = _kept_delivery(delivery_id, by)
    delivery.evidence_name, delivery.evidence_sha256 = kept_file(Attached(name, content))
    delivery.state, delivery.changed_at = DeliveryState.PROVEN, at
    delivery.save(update_fields=["evidence_name", "evidence_sha256", "state", "changed_at"])
    record(delivery.communique.body.agreement, delivery, "evidence_kept", by)
    return delivery


@transaction.atomic
def note_page(*, delivery_id: int, url: str, html: str | None, at: datetime, by: Actor) -> Delivery:
    """Write down where an institution put the communiqué, and whether the page names it.

    html: what the address answered, None when it answered nothing. Only a page that names the communiqué by its
    title is proof. Raises NotFound, NotYours.
    """
    delivery = _kept_delivery(delivery_id, by)
    delivery.url, delivery.checked_at, delivery.changed_at = url, at, at
    delivery.found_title = title_of_page(html or "")
    told = delivery.communique.editions.get(number=delivery.edition)
    named = html is not None and tells_of(html, told.title)
    delivery.state = DeliveryState.PROVEN if named else DeliveryState.SENT
    delivery.problem = "" if named else ("page_silent" if html is not None else "page_absent")
    delivery.save()
    record(delivery.communique.body.agreement, delivery, "page_noted", by)
    return delivery


def _open_deliveries(
    communique: Communique, wanted: set[tuple[int, Channel]], mails: dict[int, OutgoingMail], at: datetime
) -> None:
    """What is put into the platform is there at once; everything else waits. Without an address, no e-mail."""
    Delivery.objects.bulk_create(
        Delivery(
            communique=communique,
            edition=communique.edition,
            institution_id=institution_id,
            channel=channel,
            state=DeliveryState.SENT if channel == Channel.IN_APP else DeliveryState.QUEUED,
            mail=mails.get(institution_id) if channel == Channel.EMAIL else None,
            changed_at=at,
        )
        for institution_id, channel in sorted(wanted)
        if channel != Channel.EMAIL or institution_id in mails
    )


def _keep_words(communique: Communique, at: datetime) -> None:
    SentEdition.objects.create(
        communique=communique,
        number=communique.edition,
        title=communique.title,
        text=communique.text,
        translations=list(communique.translations.order_by("language").values("language", "title", "text")),
        enclosures=list(communique.enclosures.order_by("name", "pk").values("name", "sha256", "size")),
        sent_at=at,
    )


def _letters(
    communique: Communique, addresses: dict[int, str], wanted: set[tuple[int, Channel]], at: datetime
) -> dict[int, OutgoingMail]:
    """Letters of this edition in the outbox, by institution."""
    keys = {
        institution_id: f"communique-{communique.uuid}-{communique.edition}-{institution_id}"
        for institution_id, channel in sorted(wanted)
        if channel == Channel.EMAIL and addresses.get(institution_id)
    }
    with override("pl"):
        subject = _("Communiqué %(number)s: %(title)s") % {
            "number": communique.number,
            "title": communique.title,
        }
        text = _words_of_letter(communique)
    OutgoingMail.objects.bulk_create(
        OutgoingMail(
            message_id=outbox.message_id_of(key),
            about=f"communique:{communique.pk}",
            to=addresses[institution_id],
            subject=subject[:250],
            text=text,
            queued_at=at,
            next_try_at=at,
        )
        for institution_id, key in keys.items()
    )
    ids = {outbox.message_id_of(key): institution_id for institution_id, key in keys.items()}
    made = OutgoingMail.objects.filter(about=f"communique:{communique.pk}")
    return {ids[mail.message_id]: mail for mail in made if mail.message_id in ids}


def _words_of_letter(communique: Communique) -> str:
    """The words, in every language, with what goes along and where one says that one has read it."""
    parts = [communique.text]
    for one in communique.translations.order_by("language"):
        parts += ["", f"[{one.language}] {one.title}", one.text]
    names = list(communique.enclosures.order_by("name", "pk").values_list("name", flat=True))
    address = f"{settings.PUBLIC_URL}{reverse('partnership:communique', args=[communique.uuid])}"
    if names:
        parts += ["", _("Enclosures: %(names)s") % {"names": ", ".join(names)}]
    return "\n".join([*parts, "", _("Read it in Spoiwo and confirm: %(address)s") % {"address": address}])


def kept_communique(communique_id: int, by: Actor) -> Communique:
    """A communiqué that the actor keeps. Raises NotFound, NotYours."""
    communique: Communique = locked(Communique, communique_id, by)
    check_keeper(communique.body.agreement, by)
    return communique


def _kept_delivery(delivery_id: int, by: Actor) -> Delivery:
    delivery: Delivery = locked(Delivery, delivery_id, by)
    check_keeper(delivery.communique.body.agreement, by)
    return delivery
