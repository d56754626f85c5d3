"""Codes of the partnership with their names."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.partnership import types as t
from spoiwo.partnership.rules.ideas import IdeaState
from spoiwo.partnership.rules.practices import PracticeState
from spoiwo.partnership.rules.voting import Vote

ACCESSION_STATES = [
    (t.AccessionState.INVITED, _("Invited to sign")),
    (t.AccessionState.SIGNED, _("Signatory")),
    (t.AccessionState.SUSPENDED, _("Suspended")),
    (t.AccessionState.WITHDRAWN, _("Withdrawn")),
]
BODY_KINDS = [
    (t.BodyKind.COUNCIL, _("Council")),
    (t.BodyKind.SECRETARIAT, _("Secretariat")),
    (t.BodyKind.SIGNATORIES, _("Assembly of signatories")),
    (t.BodyKind.WORKING_GROUP, _("Working group")),
    (t.BodyKind.PLATFORM, _("Platform of one kind of entity")),
    (t.BodyKind.FORUM, _("Forum")),
    (t.BodyKind.EXTERNAL, _("External committee")),
]
SEATS = [
    (t.Seat.CHAIR, _("Chair")),
    (t.Seat.DEPUTY, _("Deputy chair")),
    (t.Seat.SECRETARY, _("Secretary")),
    (t.Seat.MEMBER, _("Member")),
]
MEETING_KINDS = [
    (t.MeetingKind.COUNCIL, _("Council meeting")),
    (t.MeetingKind.SIGNATORIES, _("Meeting of signatories")),
    (t.MeetingKind.COMMITTEE, _("Meeting of an external committee")),
    (t.MeetingKind.SUPPORT_CENTRE, _("Meeting with the staff of a support centre")),
    (t.MeetingKind.INFORMATION, _("Information meeting")),
    (t.MeetingKind.WORKSHOP, _("Workshop")),
    (t.MeetingKind.FORUM, _("Forum meeting")),
    (t.MeetingKind.TRAINING, _("Training")),
    (t.MeetingKind.STUDY_VISIT, _("Study visit")),
    (t.MeetingKind.CIRCULATION, _("Decision by circulation")),
    (t.MeetingKind.OTHER, _("Another meeting")),
]
MEETING_STATES = [
    (t.MeetingState.DRAFT, _("Draft")),
    (t.MeetingState.ANNOUNCED, _("Announced")),
    (t.MeetingState.HELD, _("Held")),
    (t.MeetingState.PREPARING, _("Minutes in preparation")),
    (t.MeetingState.REVIEW, _("Minutes in review")),
    (t.MeetingState.APPROVED, _("Minutes approved")),
    (t.MeetingState.PUBLISHED, _("Minutes published")),
    (t.MeetingState.POSTPONED, _("Postponed")),
    (t.MeetingState.CANCELLED, _("Cancelled")),
]
PURPOSES = [
    (t.Purpose.SUPPORT_INFORMATION, _("Possibilities of support for common clients")),
    (t.Purpose.GOOD_PRACTICE, _("Good practices of co-operation")),
]
ANSWERS = [
    (t.Answer.NONE, _("No answer yet")),
    (t.Answer.ACCEPTED, _("Will come")),
    (t.Answer.TENTATIVE, _("May come")),
    (t.Answer.DECLINED, _("Will not come")),
]
PRESENCES = [
    (t.Presence.UNKNOWN, _("Not entered")),
    (t.Presence.PRESENT, _("Present")),
    (t.Presence.REMOTE, _("Present by telephone or video")),
    (t.Presence.EXCUSED, _("Excused")),
    (t.Presence.ABSENT, _("Absent")),
]
VOTES = [
    (Vote.NONE, _("No vote yet")),
    (Vote.FOR, pgettext_lazy("vote", "For")),
    (Vote.AGAINST, pgettext_lazy("vote", "Against")),
    (Vote.ABSTAIN, pgettext_lazy("vote", "Abstain")),
]
VISIBILITIES = [
    (t.Visibility.PUBLIC, _("Everybody")),
    (t.Visibility.PARTNERS, _("All signatories")),
    (t.Visibility.BODY, _("Members of the body only")),
]
ITEM_KINDS = [
    (t.ItemKind.COMMON, _("Ordinary item")),
    (t.ItemKind.INTERNAL, _("Internal item, for members of the body")),
    (t.ItemKind.FOLLOW_UP, _("Open conclusions")),
]
AMENDMENT_STATES = [
    (t.AmendmentState.PROPOSED, _("Waits for a decision")),
    (t.AmendmentState.ACCEPTED, _("Accepted")),
    (t.AmendmentState.REJECTED, _("Not accepted")),
]
OUTCOME_KINDS = [
    (t.OutcomeKind.CONCLUSION, _("Conclusion")),
    (t.OutcomeKind.RECOMMENDATION, _("Recommendation")),
    (t.OutcomeKind.ACTION, _("Action")),
    (t.OutcomeKind.DECISION, _("Decision")),
    (t.OutcomeKind.INFORMATION, _("Information")),
]
ACTION_KINDS = [
    (t.ActionKind.NONE, _("Not said")),
    (t.ActionKind.LETTER, _("Letter")),
    (t.ActionKind.MEETING, _("Meeting")),
    (t.ActionKind.TRAINING, _("Training")),
    (t.ActionKind.VISIT, _("Study visit")),
    (t.ActionKind.PROCEDURE, _("Common method or procedure")),
    (t.ActionKind.PUBLICATION, _("Publication")),
    (t.ActionKind.PARTICIPATION, _("Taking part")),
    (t.ActionKind.FORUM, _("Forum")),
]
OUTCOME_STATES = [
    (t.OutcomeState.PROPOSED, _("Proposed")),
    (t.OutcomeState.ADOPTED, _("Adopted, without an owner")),
    (t.OutcomeState.ASSIGNED, _("Assigned")),
    (t.OutcomeState.ACCEPTED, _("Accepted by the owner")),
    (t.OutcomeState.IN_PROGRESS, _("In progress")),
    (t.OutcomeState.CLAIMED, _("Reported as done")),
    (t.OutcomeState.VERIFIED, _("Done and verified")),
    (t.OutcomeState.REJECTED, _("Rejected")),
    (t.OutcomeState.SUPERSEDED, _("Replaced by another")),
    (t.OutcomeState.EXPIRED, _("Expired without effect")),
]
LETTER_STATES = [
    (t.LetterState.DRAFT, _("Draft")),
    (t.LetterState.AWAITING, _("Awaiting an answer")),
    (t.LetterState.ANSWERED, _("An answer came")),
    (t.LetterState.NO_ANSWER, _("No answer came")),
    (t.LetterState.CLOSED, _("Closed")),
]
LANGUAGES = [
    (t.Language.ENGLISH, _("English")),
    (t.Language.GERMAN, _("German")),
    (t.Language.UKRAINIAN, _("Ukrainian")),
]
COMMUNIQUE_STATES = [
    (t.CommuniqueState.DRAFT, _("Draft")),
    (t.CommuniqueState.APPROVED, _("Approved")),
    (t.CommuniqueState.SENT, _("Sent")),
]
CHANNELS = [
    (t.Channel.EMAIL, _("E-mail")),
    (t.Channel.IN_APP, _("In this platform")),
    (t.Channel.PARTNER_WEB, _("On the institution's own page")),
    (t.Channel.E_DELIVERY, _("Registered electronic delivery")),
    (t.Channel.PAPER, _("Paper")),
]
DELIVERY_STATES = [
    (t.DeliveryState.QUEUED, _("Waiting")),
    (t.DeliveryState.SENT, _("Sent")),
    (t.DeliveryState.FAILED, _("Not delivered")),
    (t.DeliveryState.UNSURE, _("Uncertain whether sent")),
    (t.DeliveryState.ACKNOWLEDGED, _("Acknowledged")),
    (t.DeliveryState.PROVEN, _("Proof kept")),
]
MAIL_STATES = [
    (t.MailState.QUEUED, _("Waiting")),
    (t.MailState.SENDING, _("Being sent")),
    (t.MailState.SENT, _("Sent")),
    (t.MailState.FAILED, _("Not accepted")),
    (t.MailState.UNSURE, _("Uncertain whether sent")),
    (t.MailState.BOUNCED, _("Came back")),
]
IDEA_STATES = [
    (IdeaState.SUBMITTED, pgettext_lazy("idea", "Submitted")),
    (IdeaState.SCREENED, pgettext_lazy("idea", "Being evaluated")),
    (IdeaState.EVALUATED, pgettext_lazy("idea", "Evaluated, waits for a decision")),
    (IdeaState.TESTED, pgettext_lazy("idea", "Being tested")),
    (IdeaState.CLOSED, pgettext_lazy("idea", "Test is over")),
    (IdeaState.SCALED, pgettext_lazy("idea", "Taken over by others")),
    (IdeaState.MERGED, pgettext_lazy("idea", "Goes on in another idea")),
    (IdeaState.ARCHIVED, pgettext_lazy("idea", "Put away")),
]
PRACTICE_STATES = [
    (PracticeState.SUBMITTED, pgettext_lazy("practice", "Submitted")),
    (PracticeState.REVIEWED, pgettext_lazy("practice", "Reviewed")),
    (PracticeState.PUBLISHED, pgettext_lazy("practice", "Published")),
    (PracticeState.ARCHIVED, pgettext_lazy("practice", "Put away")),
]
