from .alerts import SessionAlert
from .asking import UnitAnswer, UnitQuestion
from .assignments import CriterionMark, Submission, SubmissionEvent, SubmissionFile
from .attendance import Attendance, AttendanceEvent, Countersignature
from .authoring import PathImport
from .base import AppendOnly
from .calendars import CalendarFeed, CalendarTold
from .catalogue import CataloguePage, TrainingModulePage
from .closing import (
    AttendanceImport,
    AttendanceImportRow,
    Certificate,
    CertificateCounter,
    SessionReport,
    StoredPdf,
    TrainingEvidence,
)
from .cohorts import Cohort, CohortRule
from .credentials import BadgeKey, PathCertificate, PathCertificateRevocation, StatusList
from .enrolling import (
    EnrolmentAct,
    EnrolmentImport,
    EnrolmentImportRow,
    ReminderKind,
    ReminderPlan,
    ReminderSent,
)
from .evaluations import (
    Answer,
    AnswerSheet,
    Evaluation,
    EvaluationChoice,
    EvaluationQuestion,
    EvaluationTemplate,
    EvaluationVersion,
    Participation,
    Tally,
)
from .files import ModuleDocument, SessionFile
from .following import CohortMessage, Flag, FlagEvent, FollowRules
from .interests import FollowedTheme
from .messages import MessageKind, MessageTemplate, TrainingMessageSettings
from .notes import UnitNote
from .opinions import UnitRating, UnitRatingReason
from .paths import ChapterPage, LearningPathPage, UnitPage
from .progress import (
    ActiveSpan,
    Enrolment,
    LearningPath,
    PathVersion,
    ProgressEvent,
    Unit,
    UnitProgress,
)
from .question_formats import QuestionImport, QuestionImportRow
from .quizzes import (
    BankTheme,
    Question,
    QuestionPicture,
    QuestionVersion,
    QuestionWording,
    QuizAttempt,
    QuizItem,
    Regrade,
    RegradedItem,
)
from .registrations import Registration, RegistrationEvent
from .running import RegistrationImport, RegistrationImportRow, SessionMessage
from .sessions import HalfDay, Session, SessionDate
from .webinars import (
    Webinar,
    WebinarChapter,
    WebinarDocument,
    WebinarMessage,
    WebinarNote,
    WebinarPage,
    WebinarPresence,
    WebinarRegistration,
    WebinarSpeaker,
)

__all__ = [
    "ActiveSpan",
    "Answer",
    "AnswerSheet",
    "AppendOnly",
    "Attendance",
    "AttendanceEvent",
    "AttendanceImport",
    "AttendanceImportRow",
    "BadgeKey",
    "BankTheme",
    "CalendarFeed",
    "CalendarTold",
    "CataloguePage",
    "Certificate",
    "CertificateCounter",
    "ChapterPage",
    "Cohort",
    "CohortMessage",
    "CohortRule",
    "Countersignature",
    "CriterionMark",
    "Enrolment",
    "EnrolmentAct",
    "EnrolmentImport",
    "EnrolmentImportRow",
    "Evaluation",
    "EvaluationChoice",
    "EvaluationQuestion",
    "EvaluationTemplate",
    "EvaluationVersion",
    "Flag",
    "FlagEvent",
    "FollowRules",
    "FollowedTheme",
    "HalfDay",
    "LearningPath",
    "LearningPathPage",
    "MessageKind",
    "MessageTemplate",
    "ModuleDocument",
    "Participation",
    "PathCertificate",
    "PathCertificateRevocation",
    "PathImport",
    "PathVersion",
    "ProgressEvent",
    "Question",
    "QuestionImport",
    "QuestionImportRow",
    "QuestionPicture",
    "QuestionVersion",
    "QuestionWording",
    "QuizAttempt",
    "QuizItem",
    "Registration",
    "RegistrationEvent",
    "RegistrationImport",
    "RegistrationImportRow",
    "Regrade",
    "RegradedItem",
    "ReminderKind",
    "ReminderPlan",
    "ReminderSent",
    "Session",
    "SessionAlert",
    "SessionDate",
    "SessionFile",
    "SessionMessage",
    "SessionReport",
    "StatusList",
    "StoredPdf",
    "Submission",
    "SubmissionEvent",
    "SubmissionFile",
    "Tally",
    "TrainingEvidence",
    "TrainingMessageSettings",
    "TrainingModulePage",
    "Unit",
    "UnitAnswer",
    "UnitNote",
    "UnitPage",
    "UnitProgress",
    "UnitQuestion",
    "UnitRating",
    "UnitRatingReason",
    "Webinar",
    "WebinarChapter",
    "WebinarDocument",
    "WebinarMessage",
    "WebinarNote",
    "WebinarPage",
    "WebinarPresence",
    "WebinarRegistration",
    "WebinarSpeaker",
]
