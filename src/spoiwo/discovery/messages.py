"""Refusals of discovery in words."""

from functools import singledispatch

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spoiwo.discovery import errors


@singledispatch
def message_for(error: errors.DiscoveryError) -> str:
    """The refusal as a sentence; a refusal without one is a bug."""
    raise error


@message_for.register
def _agreement(_error: errors.NoSuchAgreement) -> str:
    return _("There is no agreement in force with this institution.")


@message_for.register
def _soon(error: errors.TooSoon) -> str:
    return ngettext(
        "The last comparison is too fresh. The next one can begin in %(n)s day.",
        "The last comparison is too fresh. The next one can begin in %(n)s days.",
        error.days,
    ) % {"n": error.days}


@message_for.register
def _open(_error: errors.RoundOpen) -> str:
    return _("A comparison under this agreement is already waiting for files.")


@message_for.register
def _unreadable(_error: errors.Unreadable) -> str:
    return _("This is no file of the connector, or it was damaged on the way. Make it again and send it.")


@message_for.register
def _other_round(_error: errors.NotForThisRound) -> str:
    return _(
        "The file was made for another comparison. Check the agreement and the number of the comparison."
    )


@message_for.register
def _signature(_error: errors.BadSignature) -> str:
    return _("The file was not signed with the key that your office used before.")


@message_for.register
def _key_twice(_error: errors.OwnKeyTwice) -> str:
    return _("Both offices used the same key. Each office has to make a key of its own.")


@message_for.register
def _too_many(error: errors.TooManyRows) -> str:
    return _("The file has more than %(n)s rows. Choose only people from the area of the agreement.") % {
        "n": error.most
    }


@message_for.register
def _already(_error: errors.AlreadySent) -> str:
    return _("Your office has already sent its file for this comparison.")


@message_for.register
def _not_yet(_error: errors.NotJoinedYet) -> str:
    return _("The files have not been compared yet.")


@message_for.register
def _unknown(error: errors.UnknownLinks) -> str:
    return ngettext(
        "The file names %(n)s person who is not in this comparison. Fetch the result again and make a new file.",
        "The file names %(n)s people who are not in this comparison. Fetch the result again and make a new file.",
        error.count,
    ) % {"n": error.count}


@message_for.register
def _configuration(error: errors.BadConfiguration) -> str:
    return _("The configuration of the connector cannot be used: check “%(what)s”.") % {"what": error.what}


@message_for.register
def _cannot_open(_error: errors.CannotOpen) -> str:
    return _("The data were sealed for another office, or were altered on the way.")


@message_for.register
def _unknown_key(_error: errors.UnknownKey) -> str:
    return _(
        "The platform does not know this connector, or whoever connected it is no registrar any more. Connect it again."
    )


@message_for.register
def _wrong_code(_error: errors.WrongCode) -> str:
    return _("The code is wrong, was used already, or is older than an hour. Ask for a new one on the page.")


@message_for.register
def _too_late(_error: errors.TooLate) -> str:
    return _("The request came too late or for the second time. Check the clock of the computer.")


@message_for.register
def _no_round(_error: errors.NoSuchRound) -> str:
    return _("There is no such comparison.")
