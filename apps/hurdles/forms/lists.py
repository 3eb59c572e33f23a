"""The forms of the list and of the triage: one new value for many hurdles; what a received hurdle needs first."""

from collections.abc import Callable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import RecordForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.hurdles.choices import Scope, Severity
from apps.hurdles.models import Category, Theme
from apps.hurdles.services import usual_due_date
from apps.organization.selectors import sections_today


def _choice(label: Any, queryset: Any, **more: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, queryset=queryset, empty_label=_("Not chosen"), **more)


def _severity(**more: Any) -> forms.TypedChoiceField:
    choices = [("", _("Not chosen")), *Severity.choices]
    return forms.TypedChoiceField(label=_("Severity"), choices=choices, coerce=int, empty_value=None, **more)


class BulkForm(forms.Form):
    """The new value and the reason, which the history of each hurdle tells."""

    reason = PlainFormField(
        label=_("Reason"),
        help_text=_("It stands in the history of each of these hurdles."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, field: str) -> None:
        super().__init__(data)
        fields: dict[str, Callable[[], forms.Field]] = {
            "owning_unit": lambda: _choice(_("Owning unit"), sections_today()),
            "category": lambda: _choice(_("Category"), Category.objects.all()),
            "severity": _severity,
            "theme": lambda: _choice(_("Theme"), Theme.objects.all()),
            "target_date": lambda: WarekiDateField(
                label=_("Target date"),
                help_text=_(
                    "Where a hurdle has no date yet, this one is promised. A later date on a severe hurdle waits for"
                    " the secretariat."
                ),
            ),
            "due_on": lambda: WarekiDateField(
                label=_("Answer due on"),
                help_text=_("The owning unit of each is asked. For example R5.3.31 or 2023-03-31."),
                initial=usual_due_date(),
            ),
        }
        self.fields = {"value": fields[field](), **self.fields}
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class TriageForm(RecordForm):
    """What the secretariat decides of a received hurdle before it is taken up; a question sends it back."""

    category = _choice(_("Category"), Category.objects.all(), required=False)
    owning_unit = _choice(_("Owning unit"), None, required=False)
    severity = _severity(required=False)
    scope = forms.ChoiceField(label=_("Scope"), choices=[("", _("Not chosen")), *Scope.choices], required=False)
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"), queryset=Theme.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    question = PlainFormField(
        label=_("Question to the section"),
        help_text=_("Only to return the hurdle."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owning_unit"].queryset = sections_today()  # type: ignore[attr-defined]

    def values_of(self, record: Any) -> dict[str, Any]:
        return {
            "category": record.category_id,
            "owning_unit": record.owning_unit_id,
            "severity": record.severity,
            "scope": record.scope,
            "themes": [theme.pk for theme in record.themes.all()],
            "question": "",
        }

    def has_changed_values(self) -> bool:
        """Whether it says anything else of the hurdle than what stands there."""
        return bool(set(self.changed_data) - {"question", "uid", "version"})

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "question"}
