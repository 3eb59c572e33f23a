"""The form for the project code of a proposal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.budget.forms.boxes import line
from apps.core.forms import RecordForm


class ProjectCodeForm(RecordForm):
    project_code = line(
        _("Project code"),
        _("As in the finance system; no two proposals of a year have the same."),
        required=True,
        most=20,
    )

    def values_of(self, record: Any) -> dict[str, Any]:
        return {"project_code": record.project_code}
