"""What projects say to people."""

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spoiwo.projects import errors
from spoiwo.projects.errors import ProjectsError
from spoiwo.projects.models import choices

STATE_NAMES: Mapping[str, Any] = dict(choices.PARTICIPANT_STATE_CHOICES)
REASON_NAMES: Mapping[str, Any] = dict(choices.REASON_CHOICES)
SUPPORT_NAMES: Mapping[str, Any] = dict(choices.SUPPORT_CHOICES)
SUPPORT_STATE_NAMES: Mapping[str, Any] = dict(choices.SUPPORT_STATE_CHOICES)
WORK_NAMES: Mapping[str, Any] = dict(choices.WORK_CHOICES)
ANSWER_NAMES: Mapping[str, Any] = dict(choices.ANSWER_CHOICES)
TONES = {"candidate": "soon", "taking_part": "new", "finished": "ok", "dropped_out": "late"}
_SENTENCES: Mapping[type[ProjectsError], object] = {
    errors.NoSuchRow: gettext_lazy("This is not among the projects of your institution."),
    errors.NumberTaken: gettext_lazy("Your institution has a project of this number."),
    errors.EndsBeforeStart: gettext_lazy("The last day would come before the first. Choose a later one."),
    errors.TakesPartAlready: gettext_lazy("This person is in the project already."),
    errors.WrongStep: gettext_lazy("This cannot follow now. Open the page again to see how things stand."),
    errors.ReasonMissing: gettext_lazy("Choose the reason."),
}


@singledispatch
def message_for(error: ProjectsError) -> str:
    """The sentence for a refusal; a rule without one is a bug."""
    sentence = _SENTENCES.get(type(error))
    if sentence is None:
        raise error
    return str(sentence)


@message_for.register
def _outside(error: errors.OutsideProject) -> str:
    return _("The project lasts from %(first)s to %(last)s. Choose a day within it.") % {
        "first": date_format(error.starts_on, "j E Y"),
        "last": date_format(error.ends_on, "j E Y"),
    }
