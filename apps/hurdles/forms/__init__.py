"""The forms of the registry."""

from apps.hurdles.forms.endorsements import EndorsementForm
from apps.hurdles.forms.hurdles import HurdleForm, QuestionForm
from apps.hurdles.forms.owner_views import AnswerForm, AskOwnerForm
from apps.hurdles.forms.parts import CitizenEvidenceForm, CityExampleForm, LegalBasisForm, RemoveForm, WorkloadForm

__all__ = [
    "AnswerForm",
    "AskOwnerForm",
    "CitizenEvidenceForm",
    "CityExampleForm",
    "EndorsementForm",
    "HurdleForm",
    "LegalBasisForm",
    "QuestionForm",
    "RemoveForm",
    "WorkloadForm",
]
