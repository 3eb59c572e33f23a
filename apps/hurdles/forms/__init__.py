"""Forms of the registry: what a hurdle says, and what its verbs ask for."""

from apps.hurdles.forms.common_hurdles import (
    BundleForm,
    CommonHurdleForm,
    RemovalForm,
)
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
)
from apps.hurdles.forms.endorsements import (
    EndorsementForm,
)
from apps.hurdles.forms.hurdles import (
    HurdleForm,
)
from apps.hurdles.forms.lists import BulkForm, TriageForm
from apps.hurdles.forms.merging import (
    MergeForm,
    UnmergeForm,
)
from apps.hurdles.forms.owner_views import (
    AnswerForm,
    AskOwnerForm,
)
from apps.hurdles.forms.parts import (
    CitizenEvidenceForm,
    CityExampleForm,
    LegalBasisForm,
    NeedsForm,
    RemoveForm,
    WorkloadForm,
)
from apps.hurdles.forms.solved_cases import (
    AdoptionForm,
    SolvedCaseForm,
    WithdrawForm,
)

__all__ = [
    "AdoptionForm",
    "AnswerForm",
    "AskOwnerForm",
    "BulkForm",
    "BundleForm",
    "CitizenEvidenceForm",
    "CityExampleForm",
    "CommonHurdleForm",
    "ConfirmForm",
    "DecisionForm",
    "EndorsementForm",
    "HurdleForm",
    "LastingForm",
    "LegalBasisForm",
    "MergeForm",
    "MoveDecisionForm",
    "NeedsForm",
    "NextActionForm",
    "PartForm",
    "ProgressForm",
    "PromiseForm",
    "ProposalForm",
    "QuestionForm",
    "ReasonForm",
    "RefusalForm",
    "RemovalForm",
    "RemoveForm",
    "SolvedCaseForm",
    "TargetForm",
    "TriageForm",
    "UnmergeForm",
    "WithdrawForm",
    "WorkloadForm",
]
