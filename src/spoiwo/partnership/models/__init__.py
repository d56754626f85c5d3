"""Tables of the partnership."""

from spoiwo.partnership.models.agreements import (
    Accession,
    AccessionStep,
    Agreement,
    AgreementVersion,
)
from spoiwo.partnership.models.bodies import (
    Body,
    CadenceRule,
    Mandate,
    TaskDivision,
    Topic,
)
from spoiwo.partnership.models.communiques import (
    Communique,
    Delivery,
    Enclosure,
    Letter,
    OutgoingMail,
    SentEdition,
    Translation,
)
from spoiwo.partnership.models.ideas import Idea, IdeaAdopter, IdeaAuthor, IdeaReview
from spoiwo.partnership.models.meetings import (
    AgendaItem,
    Amendment,
    Attendance,
    Erratum,
    ItemPresenter,
    Meeting,
    MeetingFile,
    MinutesRevision,
    QuotedFigure,
)
from spoiwo.partnership.models.outcomes import (
    Evidence,
    Implementation,
    Outcome,
    OutcomeEvent,
    Reminder,
)
from spoiwo.partnership.models.practices import (
    Practice,
    PracticeUse,
    Presentation,
    Template,
    TemplateAdoption,
    TemplateVersion,
)
from spoiwo.partnership.models.reports import (
    AnnualReport,
    FrozenFigure,
)
from spoiwo.partnership.models.talks import Talk, TalkMessage, TalkParty, TalkReading

__all__ = [
    "Accession",
    "AccessionStep",
    "AgendaItem",
    "Agreement",
    "AgreementVersion",
    "Amendment",
    "AnnualReport",
    "Attendance",
    "Body",
    "CadenceRule",
    "Communique",
    "Delivery",
    "Enclosure",
    "Erratum",
    "Evidence",
    "FrozenFigure",
    "Idea",
    "IdeaAdopter",
    "IdeaAuthor",
    "IdeaReview",
    "Implementation",
    "ItemPresenter",
    "Letter",
    "Mandate",
    "Meeting",
    "MeetingFile",
    "MinutesRevision",
    "Outcome",
    "OutcomeEvent",
    "OutgoingMail",
    "Practice",
    "PracticeUse",
    "Presentation",
    "QuotedFigure",
    "Reminder",
    "SentEdition",
    "Talk",
    "TalkMessage",
    "TalkParty",
    "TalkReading",
    "TaskDivision",
    "Template",
    "TemplateAdoption",
    "TemplateVersion",
    "Topic",
    "Translation",
]
