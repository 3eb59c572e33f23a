"""The forms of a training plan: what it says, the courses of one of its years, and its decision."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.fiscal import FiscalYear, FiscalYearFormField
from apps.core.forms import RecordForm, VerbForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.organization.models import Unit
from apps.organization.selectors import sections_today
from apps.roadmap.models import Initiative
from apps.roadmap.selectors import initiatives_visible_to
from apps.training.forms.growing import GrowingForm
from apps.training.forms.words import NOT_CHOSEN, count_box, words
from apps.training.models import Course, TalentProfile, TrainingPlan
from apps.training.selectors.plans import parts_of_year
from apps.training.services.plans import Planned

EMPTY_ROWS, MOST_ROWS = 5, 200
MOST_K = 1_000_000_000
ROW_FIELDS = ("course", "people", "cost")


def _year(label: Any) -> FiscalYearFormField:
    return FiscalYearFormField(
        label=label,
        help_text=gettext_lazy("For example R5 or 2023."),
        widget=forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"}),
    )


class InitiativeChoice(forms.ModelChoiceField):
    """Initiatives by number and title."""

    def label_from_instance(self, record: Any) -> str:
        return f"{record.number or ''} {record.title}".strip()


class PlanForm(RecordForm):
    """What a plan says; its courses and costs are planned year by year."""

    name = PlainFormField(
        label=gettext_lazy("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    aim = words(gettext_lazy("Aim of the plan"), gettext_lazy("What people can do at its end."), required=False, rows=4)
    from_year = _year(gettext_lazy("From fiscal year"))
    to_year = _year(gettext_lazy("To fiscal year"))
    profiles = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Talent profiles"),
        queryset=TalentProfile.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose the talent profiles that it trains.")},
    )
    initiative = InitiativeChoice(
        label=gettext_lazy("Initiative"), queryset=Initiative.objects.none(), required=False, empty_label=NOT_CHOSEN
    )
    lead_unit = forms.ModelChoiceField(
        label=gettext_lazy("Lead unit"), queryset=Unit.objects.none(), empty_label=NOT_CHOSEN
    )
    supporting_units = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Supporting units"), queryset=Unit.objects.none(), required=False
    )

    def __init__(self, data: Any = None, *, user: Any, record: Any = None, **kwargs: Any) -> None:
        self.user = user
        super().__init__(data, record=record, **kwargs)
        self._choose_among()
        self.helper.layout = Layout(
            "uid",
            "version",
            "name",
            "aim",
            Fieldset(_("Period"), "from_year", "to_year"),
            Fieldset(_("Whom it serves"), "profiles", "initiative"),
            Fieldset(_("Who does it"), "lead_unit", "supporting_units"),
        )

    def _choose_among(self) -> None:
        """What is chosen already stays to be chosen."""
        record: Any = self.record
        fields: Any = self.fields
        chosen = record.profile_links.values("profile") if record is not None else []
        fields["profiles"].queryset = TalentProfile.objects.filter(Q(archived_at__isnull=True) | Q(pk__in=chosen))
        initiatives = initiatives_visible_to(self.user)
        fields["initiative"].queryset = initiatives.order_by("number", "pk")
        if record is not None and record.initiative_id and not initiatives.filter(pk=record.initiative_id).exists():
            # An initiative that this person does not see stays as it is.
            del fields["initiative"]
        units = [record.lead_unit_id, *record.unit_links.values_list("unit", flat=True)] if record is not None else []
        for name in ("lead_unit", "supporting_units"):
            fields[name].queryset = _units_and(units)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {
            **super().values_of(record),
            "initiative": record.initiative_id,
            "lead_unit": record.lead_unit_id,
            "profiles": list(record.profile_links.values_list("profile", flat=True)),
            "supporting_units": list(record.unit_links.values_list("unit", flat=True)),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from_year"), cleaned.get("to_year")
        if first and last and last < first:
            self.add_error("to_year", _("A plan cannot end before it begins."))
        return cleaned

    def moved_to(self, present: Any) -> "PlanForm":
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = present.version
        return type(self)(data, user=self.user, record=present)


def _units_and(further: list[int]) -> QuerySet[Unit]:
    """Today's sections, and those units that are chosen already, under the name of then."""
    today = sections_today().order_by().values("pk")
    return Unit.objects.filter(Q(pk__in=today) | Q(pk__in=further)).order_by("order", "pk")


class PlanYearForm(GrowingForm):
    """One year: its total, and one row for each course with the people who are to complete it and its cost."""

    total_k = count_box(gettext_lazy("Cost of the year in all (thousand yen)"), most=MOST_K)

    def __init__(
        self, data: Any = None, *, record: TrainingPlan, year: FiscalYear, courses: QuerySet[Course], **kwargs: Any
    ) -> None:
        self.year, self.courses = year, courses
        self.parts = parts_of_year(record, year)
        super().__init__(data, record=record, **kwargs)
        self.by_key = {str(course.pk): course for course in courses}
        choices = [("", NOT_CHOSEN), *((key, _named(course)) for key, course in self.by_key.items())]
        for row in range(1, self._row_count() + 1):
            named = {"number": row}
            self.fields[f"course_{row}"] = forms.ChoiceField(
                label=_("Course %(number)s") % named, choices=choices, required=False
            )
            self.fields[f"people_{row}"] = count_box(_("People to complete course %(number)s") % named)
            self.fields[f"cost_{row}"] = count_box(_("Cost of course %(number)s (thousand yen)") % named, most=MOST_K)
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    def _row_count(self) -> int:
        sent = [int(name[7:]) for name in self.data if name.startswith("course_") and name[7:].isdecimal()]
        return max(len(self.parts["planned"]) + EMPTY_ROWS, min(max(sent, default=0), MOST_ROWS))

    def values_of(self, record: Any) -> dict[str, Any]:
        found: dict[str, Any] = {"total_k": self.parts["total_k"]}
        for row, each in enumerate(self.parts["planned"], start=1):
            found |= {f"course_{row}": each.course_id, f"people_{row}": each.people, f"cost_{row}": each.cost_k}
        return found

    @property
    def rows(self) -> list[list[Any]]:
        """Course, people and cost, row by row."""
        return [[self[f"{name}_{row}"] for name in ROW_FIELDS] for row in range(1, self._row_count() + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for row in range(1, self._row_count() + 1):
            course, people, cost = (cleaned.get(f"{name}_{row}") for name in ROW_FIELDS)
            name = f"course_{row}"
            if not course and name not in self.errors and (people is not None or cost is not None):
                self.add_error(name, _("Choose the course."))
            if course and course in seen:
                self.add_error(name, _("This course stands in a row above."))
            seen |= {course} if course else set()
        return cleaned

    def planned(self) -> list[Planned]:
        """The rows that name a course."""
        cleaned = self.cleaned_data
        rows = ([cleaned[f"{name}_{row}"] for name in ROW_FIELDS] for row in range(1, self._row_count() + 1))
        return [Planned(self.by_key[course], people, cost) for course, people, cost in rows if course]

    def moved_to(self, present: Any) -> "PlanYearForm":
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = present.version
        return type(self)(data, record=present, year=self.year, courses=self.courses)


def _named(course: Course) -> str:
    return f"{course.fiscal_year.short} {course.name}（{course.profile.name}）"


class DecideForm(VerbForm):
    """By what it was decided, and when."""

    approval_number = PlainFormField(
        label=gettext_lazy("Approval number or meeting"),
        help_text=gettext_lazy("The number of the circular decision, or the meeting that decided it."),
        max_length=50,
    )
    decided_on = WarekiDateField(label=gettext_lazy("Decided on"))

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("The day of the decision cannot be in the future."))
        return day
