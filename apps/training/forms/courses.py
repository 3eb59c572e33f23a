"""The form of a course, and that of its going on in the next fiscal year."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.fiscal import FiscalYear, FiscalYearFormField
from apps.core.forms import RecordForm
from apps.organization.models import Unit
from apps.training.choices import CourseFormat, PlanStatus
from apps.training.forms.course_boxes import line, long_words, record_choice, units_and
from apps.training.forms.words import words
from apps.training.models import TalentProfile, TrainingPlan
from apps.training.selectors import plans_visible_to

OUTSIDE = gettext_lazy("In no plan (single event)")
PLAN_HELP = gettext_lazy(
    "A course stands in a plan, so that it is repeated and leads on. What is held outside of any plan needs a reason, "
    "and is counted."
)
REASON_HELP = gettext_lazy(
    "Only where it stands in no plan: why it could not be planned, and what is to come of it. All staff read it."
)
NEEDS_PLAN_OR_REASON = gettext_lazy("Choose the training plan, or say why the course is held outside of any plan.")
FIRST_YEAR, LAST_YEAR = 2000, 2100


class _PlanOrReason(RecordForm):
    """A plan, or else the reason why there is none."""

    needed_at_times = ("plan", "adhoc_reason")
    user: Any

    def plans(self, chosen: int | None) -> QuerySet[TrainingPlan]:
        """Plans that have not ended, and the one that is chosen already."""
        visible = plans_visible_to(self.user)
        return visible.filter(~Q(status=PlanStatus.ENDED) | Q(pk=chosen)).order_by("-from_year", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "plan" in self.errors or "adhoc_reason" in self.errors:
            return cleaned
        if not cleaned.get("plan") and not (cleaned.get("adhoc_reason") or "").strip():
            self.add_error("adhoc_reason", NEEDS_PLAN_OR_REASON)
        return cleaned


class CourseForm(_PlanOrReason):
    """What a course says. What it teaches and raises, and where it leads, has pages of its own."""

    name = line(gettext_lazy("Name"), required=True)
    fiscal_year = FiscalYearFormField(
        label=gettext_lazy("Fiscal year"),
        help_text=gettext_lazy(
            "For example R5 or 2023. A course belongs to one fiscal year; in the next one it is continued as a course "
            "of its own, so that each year has its sessions and its evaluation. A plan may hold it in several years."
        ),
        widget=forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"}),
    )
    format = forms.ChoiceField(label=gettext_lazy("Format"), choices=CourseFormat.choices, widget=forms.RadioSelect)
    plan = record_choice(gettext_lazy("Training plan"), TrainingPlan, PLAN_HELP, required=False, empty=OUTSIDE)
    adhoc_reason = words(gettext_lazy("Reason for holding it outside of a plan"), REASON_HELP, required=False)
    profile = record_choice(gettext_lazy("Talent profile"), TalentProfile)
    recognises = forms.BooleanField(
        label=gettext_lazy("Who completes it belongs to the talent profile"),
        help_text=gettext_lazy("Then those who complete it count as present people of the profile."),
        required=False,
    )
    is_series = forms.BooleanField(
        label=gettext_lazy("Series: only who completes all its sessions completes it"),
        help_text=gettext_lazy(
            "Without this mark each session is the whole course, held again for others. Sessions that are called off "
            "do not count."
        ),
        required=False,
    )
    participants = long_words(gettext_lazy("For whom"), gettext_lazy("One group a line."), required=False)
    objective = long_words(gettext_lazy("Objective"), required=False)
    continuity = long_words(
        gettext_lazy("How it goes on"),
        gettext_lazy("What keeps it from remaining a single event: who repeats it, and when."),
        required=False,
    )
    lead_unit = record_choice(gettext_lazy("Lead unit"), Unit)
    hurdle = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, data: Any = None, *, user: Any, record: Any = None, **kwargs: Any) -> None:
        self.user = user
        super().__init__(data, record=record, **kwargs)
        if record is not None:
            del self.fields["hurdle"]
        profiles = TalentProfile.objects.filter(
            Q(archived_at__isnull=True) | Q(pk=record.profile_id if record is not None else None)
        )
        offered = {
            "plan": self.plans(record.plan_id if record is not None else None),
            "profile": profiles,
            "lead_unit": units_and(record.lead_unit_id if record is not None else None),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.helper.layout = Layout(*self._layout())

    def _layout(self) -> list[Any]:
        hidden = [name for name in ("uid", "version", "hurdle") if name in self.fields]
        return [
            *hidden,
            *("name", "fiscal_year", "format"),
            Fieldset(_("In a plan, or outside of it"), "plan", "adhoc_reason"),
            Fieldset(_("Whom it trains"), "profile", "is_series", "recognises", "participants", "objective"),
            Fieldset(_("Who holds it, and how it goes on"), "lead_unit", "continuity"),
        ]

    def values_of(self, record: Any) -> dict[str, Any]:
        return {
            **super().values_of(record),
            "plan": record.plan_id,
            "profile": record.profile_id,
            "lead_unit": record.lead_unit_id,
            "participants": "\n".join(record.participants),
        }

    def clean_fiscal_year(self) -> FiscalYear:
        year: FiscalYear = self.cleaned_data["fiscal_year"]
        if not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise forms.ValidationError(_("This year is too far away."))
        return year

    def clean_participants(self) -> str:
        text: str = self.cleaned_data["participants"]
        if any(len(each.strip()) > 100 for each in text.splitlines()):
            raise forms.ValidationError(_("A line has at most 100 characters."))
        return text

    def values(self) -> dict[str, Any]:
        said = {name: value for name, value in super().values().items() if name != "hurdle"}
        lines = (each.strip() for each in said["participants"].splitlines())
        return {**said, "participants": [each for each in lines if each]}

    def moved_to(self, present: Any) -> "CourseForm":
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = present.version
        return type(self)(data, user=self.user, record=present)


class ContinueForm(_PlanOrReason):
    """Under which name the course goes on in the next fiscal year, and in which plan."""

    name = line(gettext_lazy("Name"), required=True)
    plan = record_choice(gettext_lazy("Training plan"), TrainingPlan, PLAN_HELP, required=False, empty=OUTSIDE)
    adhoc_reason = words(gettext_lazy("Reason for holding it outside of a plan"), REASON_HELP, required=False)

    def __init__(self, data: Any = None, *, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(data, **kwargs)
        self.fields["plan"].queryset = self.plans(None)  # type: ignore[attr-defined]
