"""Pages of the training: which people are missing, and the plans, courses and sessions that answer it."""

from apps.training.views.course_forms import CourseArchive, CourseContinue, CourseCreate, CourseEdit
from apps.training.views.course_links import (
    CourseFollowedNoMore,
    CourseHurdleRemove,
    CourseHurdles,
    CourseLinks,
    CourseNeedsNoMore,
)
from apps.training.views.course_parts import CourseCurriculum, CourseSkills
from apps.training.views.courses import CourseDetail, CourseList
from apps.training.views.enrolling import SessionEnrol, SessionEnrolPerson
from apps.training.views.enrolments import (
    EnrolmentCertificate,
    EnrolmentDecline,
    EnrolmentDetail,
    EnrolmentFollowUp,
    EnrolmentWithdraw,
)
from apps.training.views.evaluations import EvaluationAdd, EvaluationChange, EvaluationRecord, EvaluationRemove
from apps.training.views.inviting import SessionInvite
from apps.training.views.overview import Overview
from apps.training.views.people import PeopleList
from apps.training.views.people_acts import PeopleChange
from apps.training.views.person import MyRecord, PersonDetail
from apps.training.views.person_acts import (
    CandidacyWithdraw,
    CandidateName,
    PersonRecognise,
    SkillRecordPage,
    SkillWithdraw,
)
from apps.training.views.plan_writing import (
    PlanArchive,
    PlanCourses,
    PlanCreate,
    PlanDecide,
    PlanEdit,
    PlanEnd,
    PlanRevise,
)
from apps.training.views.plans import PlanDetail, PlanList
from apps.training.views.profile_writing import (
    ProfileArchive,
    ProfileCount,
    ProfileCreate,
    ProfileEdit,
    ProfileHeadcounts,
)
from apps.training.views.profiles import ProfileDetail, ProfileList
from apps.training.views.recognitions import PersonPlace, PlacementEnd, RecognitionEnd
from apps.training.views.results import Results
from apps.training.views.roll_imports import SessionRollPreview, SessionRollUpload
from apps.training.views.rolls import SessionRoll, SessionRollForm
from apps.training.views.session_writing import (
    SessionArchive,
    SessionCancel,
    SessionCreate,
    SessionEdit,
    SessionHold,
    SessionOpen,
    SessionResume,
)
from apps.training.views.sessions import SessionDetail, SessionList
from apps.training.views.transfers import TransferList, TransferRecord, TransferWithdraw

__all__ = [
    "CandidacyWithdraw",
    "CandidateName",
    "CourseArchive",
    "CourseContinue",
    "CourseCreate",
    "CourseCurriculum",
    "CourseDetail",
    "CourseEdit",
    "CourseFollowedNoMore",
    "CourseHurdleRemove",
    "CourseHurdles",
    "CourseLinks",
    "CourseList",
    "CourseNeedsNoMore",
    "CourseSkills",
    "EnrolmentCertificate",
    "EnrolmentDecline",
    "EnrolmentDetail",
    "EnrolmentFollowUp",
    "EnrolmentWithdraw",
    "EvaluationAdd",
    "EvaluationChange",
    "EvaluationRecord",
    "EvaluationRemove",
    "MyRecord",
    "Overview",
    "PeopleChange",
    "PeopleList",
    "PersonDetail",
    "PersonPlace",
    "PersonRecognise",
    "PlacementEnd",
    "PlanArchive",
    "PlanCourses",
    "PlanCreate",
    "PlanDecide",
    "PlanDetail",
    "PlanEdit",
    "PlanEnd",
    "PlanList",
    "PlanRevise",
    "ProfileArchive",
    "ProfileCount",
    "ProfileCreate",
    "ProfileDetail",
    "ProfileEdit",
    "ProfileHeadcounts",
    "ProfileList",
    "RecognitionEnd",
    "Results",
    "SessionArchive",
    "SessionCancel",
    "SessionCreate",
    "SessionDetail",
    "SessionEdit",
    "SessionEnrol",
    "SessionEnrolPerson",
    "SessionHold",
    "SessionInvite",
    "SessionList",
    "SessionOpen",
    "SessionResume",
    "SessionRoll",
    "SessionRollForm",
    "SessionRollPreview",
    "SessionRollUpload",
    "SkillRecordPage",
    "SkillWithdraw",
    "TransferList",
    "TransferRecord",
    "TransferWithdraw",
]
