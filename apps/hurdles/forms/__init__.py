"""Forms of the registry: what a hurdle says, and what its verbs ask for."""

from apps.hurdles.forms.course import (
    ConfirmForm,
    DecisionForm,
    LastingForm,
    MoveDecisionForm,
    NextActionForm,
    PartForm,
    ProgressForm,
    PromiseForm,
    ProposalForm,
    QuestionForm,
    ReasonForm,
    RefusalForm,
    TargetForm,
    VerbForm,
)
from apps.hurdles.forms.endorsements import EndorsementForm
from apps.hurdles.forms.hurdles import HurdleForm
from apps.hurdles.forms.owner_views import AnswerForm, AskOwnerForm
from apps.hurdles.forms.parts import CitizenEvidenceForm, CityExampleForm, LegalBasisForm, RemoveForm, WorkloadForm

__all__ = [
    "AnswerForm",
    "AskOwnerForm",
    "CitizenEvidenceForm",
    "CityExampleForm",
    "ConfirmForm",
    "DecisionForm",
    "EndorsementForm",
    "HurdleForm",
    "LastingForm",
    "LegalBasisForm",
    "MoveDecisionForm",
    "NextActionForm",
    "PartForm",
    "ProgressForm",
    "PromiseForm",
    "ProposalForm",
    "QuestionForm",
    "ReasonForm",
    "RefusalForm",
    "RemoveForm",
    "TargetForm",
    "VerbForm",
    "WorkloadForm",
]
