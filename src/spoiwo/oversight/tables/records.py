"""The records of the data protection officer as tables: a header and rows of text, for screen and file alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spoiwo.access.messages import CATEGORY_NAMES
from spoiwo.access.queries import Agreement
from spoiwo.access.types import Category
from spoiwo.audit.types import Action
from spoiwo.clients.messages import KEPT_NAMES, KEPT_UNTIL_NAMES
from spoiwo.clients.queries.retention import Erased, Rule
from spoiwo.oversight.messages import ACTION_NAMES
from spoiwo.oversight.queries.records import Activity, Disclosed
from spoiwo.oversight.types import Vocabulary

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Table:
    """A register: what it is called, its header, its rows."""

    title: str
    header: Sequence[str]
    rows: Rows


def processing(activities: Iterable[Activity], rules: Iterable[Rule]) -> Table:
    """Register of processing activities (Article 30 of the GDPR)."""
    kept = "\n".join(rule_in_words(rule) for rule in rules) or _("no rule of retention is written down yet")
    header = (
        _("Activity"),
        _("Agreement"),
        _("Recipient or source"),
        _("Purposes and legal bases"),
        _("Categories of data"),
        _("How long data are kept"),
        _("Security"),
    )
    security = _("access by role and relation, sealed identifiers, every look on record, signed log")
    own = (
        _("Own register of clients on the platform"),
        "",
        _("nobody but own workers"),
        _("own statutory tasks"),
        ", ".join(str(CATEGORY_NAMES[one]) for one in CATEGORY_NAMES),
        kept,
        security,
    )
    rows = [
        (
            _("Giving data to another institution")
            if one.given
            else _("Receiving data of another institution"),
            one.agreement,
            one.partner,
            "\n".join(f"{name}: {basis}" for name, basis in one.purposes),
            categories_in_words(one.categories),
            kept if one.given else _("not kept: shown and not stored"),
            security,
        )
        for one in activities
    ]
    return Table(_("Register of processing activities"), header, [own, *rows, *_beside(kept, security)])


def _beside(kept: str, security: str) -> Rows:
    """Activities that rest on no agreement about giving registers."""
    stated = _("those stated in each of them")
    activities = (
        (
            _("Joint plans and referrals"),
            _("the parties of each plan and referral"),
            _("joint support of the person: own statutory tasks"),
            _("identity, contact, situation, actions and their outcomes"),
        ),
        (_("Enquiries, confirmations and messages"), _("the institution asked, or asking"), stated, stated),
        (
            _("Support given, events and projects, where the institution keeps them"),
            _("nobody but own workers; whoever pays for support, as far as the contract says"),
            _("support and its settlement"),
            _("identity, contact, situation, support given"),
        ),
        (
            _("Accounts, authorisations and the log of looks"),
            _("nobody but own overseers"),
            _("security and accountability (Articles 5 and 32 of the GDPR)"),
            _("workers' names and addresses, pseudonyms in the log"),
        ),
    )
    return [(what, "", who, why, data, kept, security) for what, who, why, data in activities]


def disclosures(found: Iterable[Disclosed], words: Vocabulary) -> Table:
    """Register of disclosures: what other institutions saw."""
    header = (
        _("Institution"),
        _("What"),
        _("Purpose"),
        _("Legal basis"),
        _("Agreement"),
        _("Data"),
        _("How many times"),
        _("How many people"),
    )
    rows = [
        (
            one.institution,
            str(ACTION_NAMES[Action(one.action)]),
            words.purposes.get(one.purpose, one.purpose),
            words.bases.get(one.legal_basis, one.legal_basis),
            one.agreement,
            categories_in_words(
                {Category(code) for code in one.categories.split(",") if code in set(Category)}
            ),
            one.times,
            one.people,
        )
        for one in found
    ]
    return Table(_("Register of disclosures"), header, rows)


def administrators(institution: str, partners: Sequence[str]) -> Table:
    """Who is the controller of every kind of data on the platform."""
    header = (_("Data"), _("Controller"), _("Who sees them"))
    others = ", ".join(partners) or _("no partner yet")
    return Table(
        _("Who is the controller of which data"),
        header,
        [*_of_people(institution, others), *_of_work(institution)],
    )


def _of_people(institution: str, others: str) -> Rows:
    return [
        (
            _("Our clients and facts about them, as our register extracts say"),
            institution,
            _("own workers; partners as far as an agreement gives"),
        ),
        (
            _("Clients of partners and facts about them"),
            others,
            _("own workers, for a stated purpose, and only of people whom we serve too"),
        ),
        (
            _("That records of two institutions are one person"),
            _("each institution for its own record; jointly where the agreement says so"),
            _("reviewers of both institutions"),
        ),
        (
            _("Joint plans, referrals, enquiries and confirmations"),
            _("the institution that wrote them; jointly where the agreement says so"),
            _("their parties"),
        ),
        (
            _("Support given by a support centre (OWES)"),
            _("the support centre that gave it"),
            _("its own workers; others only see totals"),
        ),
    ]


def _of_work(institution: str) -> Rows:
    return [
        (
            _("Accounts and authorisations of our workers"),
            institution,
            _("local administrators, supervisors, the data protection officer"),
        ),
        (
            _("The log of looks at our clients"),
            institution,
            _("supervisors and the data protection officer"),
        ),
        (
            _("Backups and keys"),
            _("the operator, as processor for every controller"),
            _("nobody, but for restoring"),
        ),
    ]


def agreements(versions: Iterable[Agreement]) -> Table:
    """Agreements in all their versions, with the annex that is attached."""
    header = (
        _("Number"),
        _("Version"),
        _("Title"),
        _("Standing"),
        _("From"),
        _("To"),
        _("Signed document"),
        _("SHA-256 of the document"),
    )
    rows = [
        (
            one.number,
            one.version,
            one.title,
            str(one.get_state_display()),
            one.valid_from,
            one.valid_to,
            one.document_name,
            one.document_sha256,
        )
        for one in versions
    ]
    return Table(_("Agreements and their versions"), header, rows)


def erasures(found: Iterable[Erased]) -> Table:
    """The register of erasures; it names nobody."""
    header = (_("Erased"), _("Record"), _("Basis"))
    rows = [
        (
            timezone.localtime(one.erased_at).strftime("%Y-%m-%d %H:%M"),
            str(one.record_uuid),
            one.basis,
        )
        for one in found
    ]
    return Table(_("Register of erasures"), header, rows)


def rule_in_words(rule: Rule) -> str:
    """A rule of retention in a sentence."""
    months = ngettext("%(n)d month", "%(n)d months", rule.months) % {"n": rule.months}
    return _("%(what)s: %(months)s %(event)s; basis: %(basis)s") % {
        "what": KEPT_NAMES[rule.kept],
        "months": months,
        "event": KEPT_UNTIL_NAMES[rule.event],
        "basis": rule.basis,
    }


def categories_in_words(categories: Iterable[Category]) -> str:
    """Categories in their fixed order."""
    given = set(categories)
    return ", ".join(str(name) for category, name in CATEGORY_NAMES.items() if category in given)
