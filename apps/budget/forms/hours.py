"""The form that says how many hours of which measured tasks a proposal saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from apps.budget.forms.boxes import MOST_HOURS
from apps.core.forms import NumberField
from apps.organization.models import WorkloadEntry


class HoursForm(forms.Form):
    """One box of hours for each task that is shown."""

    def __init__(self, data: Any = None, *, tasks: list[WorkloadEntry], hours: dict[int, int]) -> None:
        super().__init__(data, prefix="task")
        self.tasks = tasks
        for task in tasks:
            self.fields[str(task.pk)] = NumberField(
                label=task.task,
                required=False,
                min_value=0,
                max_value=MOST_HOURS,
                initial=hours.get(task.pk),
                widget=forms.TextInput(
                    attrs={
                        "inputmode": "numeric",
                        "class": "control control--number control--small control--short",
                        "aria-label": _("Hours saved a year: %(task)s") % {"task": task.task},
                    }
                ),
            )

    def rows(self) -> list[tuple[WorkloadEntry, Any]]:
        return [(task, self[str(task.pk)]) for task in self.tasks]

    def hours(self) -> dict[WorkloadEntry, int | None]:
        return {task: self.cleaned_data[str(task.pk)] for task in self.tasks}
