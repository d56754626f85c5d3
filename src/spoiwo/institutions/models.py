"""Institutions, their kinds, posts, accounts, memberships and authorisations."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from spoiwo.institutions import querysets
from spoiwo.institutions.types import Kind, Module, Role
from spoiwo.toolkit.columns import KeyField

KIND_CHOICES = [
    (Kind.PUP, _("County labour office")),
    (Kind.OPS, _("Social welfare centre")),
    (Kind.CUS, _("Social services centre")),
    (Kind.PCPR, _("County family support centre")),
    (Kind.WUP, _("Regional labour office")),
    (Kind.ROPS, _("Regional social policy centre")),
    (Kind.OWES, _("Social economy support centre")),
    (Kind.KIS, _("Social integration club")),
    (Kind.CIS, _("Social integration centre")),
    (Kind.ZAZ, _("Vocational activity establishment")),
    (Kind.WTZ, _("Occupational therapy workshop")),
    (Kind.SOCIAL_COOPERATIVE, _("Social co-operative")),
    (Kind.SOCIAL_COMPANY, _("Non-profit company")),
    (Kind.ASSOCIATION, _("Association")),
    (Kind.FOUNDATION, _("Foundation")),
    (Kind.OTHER_PES, _("Other social economy entity")),
    (Kind.JST, _("Local government")),
    (Kind.OHP, _("Voluntary labour corps")),
    (Kind.NGO, _("Non-governmental organisation")),
    (Kind.SCHOOL, _("School or university")),
    (Kind.BUSINESS, _("Business")),
    (Kind.OTHER, _("Other institution")),
]
ROLE_CHOICES = [
    (Role.CASE_WORKER, _("Case worker")),
    (Role.REGISTRAR, _("Registrar")),
    (Role.REVIEWER, _("Identity reviewer")),
    (Role.SUPERVISOR, _("Supervisor")),
    (Role.DIRECTOR, _("Director")),
    (Role.LOCAL_ADMIN, _("Local administrator")),
    (Role.IOD, _("Data protection officer")),
    (Role.SUPPORT_ADVISER, _("Support adviser")),
    (Role.SECRETARY, _("Secretariat")),
    (Role.ANALYST, _("Analyst")),
]


class Institution(models.Model):
    """A body with its own data and responsibility; public."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=80)
    sort_key = KeyField(max_length=500, db_index=True)
    search_key = KeyField(max_length=400, db_index=True)
    place_key = KeyField(max_length=170, blank=True)  # sort key of the place
    running_body = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="runs"
    )
    nip = models.CharField(max_length=10, blank=True)
    regon = models.CharField(max_length=14, blank=True)
    krs = models.CharField(max_length=10, blank=True)
    street = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=6, blank=True)
    place = models.CharField(max_length=80, blank=True)
    teryt = models.CharField(max_length=7, blank=True, db_index=True)  # the commune or county it sits in
    area = models.CharField(max_length=7, blank=True)  # the TERYT unit it serves: 2, 4 or 7 digits
    e_delivery = models.CharField(max_length=40, blank=True)  # e-Doręczenia address, AE:PL-...
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    social_enterprise_from = models.DateField(
        null=True, blank=True
    )  # status granted by the voivode, act of 2022
    social_enterprise_to = models.DateField(null=True, blank=True)
    with_calendar = models.BooleanField(default=True)
    with_surveys = models.BooleanField(default=True)
    with_documents = models.BooleanField(default=True)
    with_public_page = models.BooleanField(default=True)
    confirmed_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        "institutions.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = querysets.InstitutionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public", "changed_by": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["regon"], condition=~Q(regon=""), name="institution_regon_unique"
            ),
            models.CheckConstraint(
                condition=Q(social_enterprise_to__isnull=True)
                | Q(social_enterprise_to__gte=F("social_enterprise_from")),
                name="social_enterprise_status_not_ended_before_start",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def modules_off(self) -> frozenset[str]:
        """Codes of the modules it has switched off."""
        return frozenset(str(one) for one in Module if not getattr(self, f"with_{one}"))


class InstitutionKind(models.Model):
    """One of the things an institution is, with dates."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="kinds")
    kind = models.CharField(max_length=20, choices=KIND_CHOICES)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "kind"], name="institution_kind_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class User(AbstractBaseUser):
    """An account: a way to sign in, apart from posts and from what its owner is authorised to."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="pl")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = querysets.UserManager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "email": "personal",
        "full_name": "personal",
        "password": "sensitive",
    }

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="user_email_unique_any_case")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_staff(self) -> bool:
        """Libraries ask; there is no Django admin here."""
        return False

    @property
    def is_superuser(self) -> bool:
        """Libraries ask; nobody stands above the access rules."""
        return False


class Membership(models.Model):
    """An account works at an institution."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="memberships")
    suspended_at = models.DateTimeField(null=True, blank=True)
    territories = models.JSONField(default=list, blank=True)  # TERYT codes; empty: the whole area
    invited_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = querysets.MembershipQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "institution"], name="membership_once_per_institution"),
        ]

    def __str__(self) -> str:
        return f"{self.user} @ {self.institution}"


class Authorisation(models.Model):
    """A numbered, dated authorisation (upoważnienie) to act in a role."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="authorisations")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    number = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # ended at once, before its last day

    objects = querysets.AuthorisationQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="authorisation_not_ended_before_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.role}"


class Post(models.Model):
    """A person in a function at an institution; need not have an account."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="posts")
    holder_name = models.CharField(max_length=120)
    function = models.CharField(max_length=160)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_public = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="posts")

    objects = querysets.PostQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "holder_name": "personal",
        "email": "personal",
        "phone": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="post_not_ended_before_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder_name}, {self.function}"
