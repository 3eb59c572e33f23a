"""What of the training people are told of by a notice."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core.record_kinds import RecordKind, record_kinds
from apps.training.selectors.enrolments import enrolments_visible_to
from apps.training.selectors.people import recognitions_visible_to


def _nobody(_user: Any, _record: Any) -> bool:
    """Nobody comments on what a person learns, or attaches files to it."""
    return False


record_kinds.add(RecordKind("training.enrolment", _("Enrolment"), enrolments_visible_to, _nobody))
record_kinds.add(RecordKind("training.recognition", _("Recognition"), recognitions_visible_to, _nobody))
