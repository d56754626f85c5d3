"""A version of a plan as the fields of an institution's own print, and a template to begin with."""

from django.utils.translation import gettext as _

from spoiwo.plans import messages
from spoiwo.plans.models import PlanVersion
from spoiwo.plans.queries.reading import OpenedPlan
from spoiwo.plans.rules.content import support_in_all
from spoiwo.plans.rules.papers import Fields
from spoiwo.plans.tables.wording import bare_name, paper_rows, party_name, short_code
from spoiwo.plans.types import ActionDraft, Content, GoalDraft
from spoiwo.toolkit.documents import Block, Document, Heading, Paragraph
from spoiwo.toolkit.templatetags.spoiwo import pl_date, zloty


def fields_of(opened: OpenedPlan, version: PlanVersion, content: Content, *, mark: str = "") -> Fields:
    """Everything as text, in the words of the shipped print. mark: a warning such as invented persons."""
    return {
        "plan": {
            "numer": str(opened.plan.number),
            "wersja": str(version.number),
            "od": pl_date(content.starts_on),
            "do": pl_date(content.ends_on),
            "porozumienie": opened.plan.agreement,
            "problem": content.problem,
            "przeglad": pl_date(opened.review.due_on) if opened.review else "",
            "kod": short_code(version.fingerprint) or _("draft, not to be signed"),
            "pelny_kod": version.fingerprint,
        },
        "osoba": {
            "imie": opened.name.first_name if opened.name else "",
            "nazwisko": opened.name.last_name if opened.name else "",
        },
        "strony": [{"nazwa": party_name(one, opened.badges)} for one in content.parties],
        "cele": [_goal(opened, goal) for goal in content.goals],
        "wsparcie": [{"od": pl_date(one.from_on), "kwota": zloty(one.amount)} for one in content.payments],
        "wsparcie_razem": zloty(support_in_all(content)),
        "dokumenty": [{"opis": words} for _number, words in paper_rows(content, opened.badges)],
        "pracownicy": [
            {
                "rola": str(messages.ROLE_NAMES[one.role]),
                "nazwisko": bare_name(one.name),
                "instytucja": party_name(one.institution, opened.badges),
            }
            for one in content.workers
        ],
        "uwaga": mark,
    }


def to_begin_with() -> Document:
    """A print with all fields, to be changed in a word processor."""
    blocks: list[Block] = [
        Paragraph("{{ uwaga }}"),
        Paragraph("{{ osoba.imie }} {{ osoba.nazwisko }}, {{ plan.od }} – {{ plan.do }}"),
        *_each("strona", "strony", Paragraph("{{ strona.nazwa }}")),
        Heading(str(messages.FIELD_NAMES["problem"])),
        Paragraph("{{ plan.problem }}"),
        Heading(_("Goals and actions")),
        *_each(
            "cel",
            "cele",
            Paragraph(
                "{{ cel.tekst }} ({{ cel.miernik }}: {{ cel.teraz }} → {{ cel.ma_byc }}, {{ cel.termin }})"
            ),
            *_each(
                "d",
                "cel.dzialania",
                Paragraph(
                    "{{ loop.index }}. {{ d.tekst }}: {{ d.odpowiada }}, {{ d.pracownik }}, {{ d.od }} – {{ d.do }},"
                    " {{ d.usluga }} {{ d.dowod }} {{ d.projekt }}"
                ),
            ),
        ),
        Heading(str(messages.FIELD_NAMES["payments"])),
        *_each("kwota", "wsparcie", Paragraph("{{ kwota.od }}: {{ kwota.kwota }}")),
        Paragraph("{{ wsparcie_razem }}"),
        Heading(_("Statutory papers")),
        *_each("dokument", "dokumenty", Paragraph("{{ dokument.opis }}")),
        Heading(_("Who works with the person")),
        *_each("p", "pracownicy", Paragraph("{{ p.rola }}: {{ p.nazwisko }}, {{ p.instytucja }}")),
        Paragraph("{{ plan.przeglad }}"),
        Paragraph("{{ plan.pelny_kod }}"),
    ]
    return Document(
        title=_("Individual support plan"),
        subtitle="{{ plan.numer }}",
        blocks=tuple(blocks),
        footer="{{ plan.numer }}, {{ plan.wersja }}, {{ plan.porozumienie }}, {{ plan.kod }}",
    )


def _each(name: str, of: str, *inside: Block) -> tuple[Block, ...]:
    """What stands inside once for each of a list."""
    return (Paragraph(f"{{%p for {name} in {of} %}}"), *inside, Paragraph("{%p endfor %}"))


def _goal(opened: OpenedPlan, goal: GoalDraft) -> Fields:
    return {
        "tekst": goal.text,
        "miernik": goal.measure,
        "teraz": goal.baseline,
        "ma_byc": goal.target,
        "termin": pl_date(goal.due_on),
        "dzialania": [_action(opened, one) for one in goal.actions],
    }


def _action(opened: OpenedPlan, one: ActionDraft) -> Fields:
    return {
        "tekst": one.text,
        "odpowiada": party_name(one.owner, opened.badges),
        "pracownik": bare_name(one.responsible_name),
        "od": pl_date(one.starts_on),
        "do": pl_date(one.due_on),
        "usluga": one.service,
        "dowod": one.evidence,
        "projekt": one.project,
    }
