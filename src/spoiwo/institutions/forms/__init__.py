"""Forms of the directory, of staff and of posts."""

from spoiwo.institutions.forms.directory import (
    ClosingForm,
    DirectoryFilter,
    InstitutionForm,
    KindFormSet,
    NewInstitutionForm,
    UploadForm,
    initial_kinds,
    initial_values,
    kinds_of,
)
from spoiwo.institutions.forms.first_password import FirstPasswordForm
from spoiwo.institutions.forms.modules import ModulesForm
from spoiwo.institutions.forms.problems import add_problems
from spoiwo.institutions.forms.staff import (
    AuthorisationForm,
    InvitationForm,
    LastDayForm,
    PostForm,
    TerritoriesForm,
)

__all__ = [
    "AuthorisationForm",
    "ClosingForm",
    "DirectoryFilter",
    "FirstPasswordForm",
    "InstitutionForm",
    "InvitationForm",
    "KindFormSet",
    "LastDayForm",
    "ModulesForm",
    "NewInstitutionForm",
    "PostForm",
    "TerritoriesForm",
    "UploadForm",
    "add_problems",
    "initial_kinds",
    "initial_values",
    "kinds_of",
]
