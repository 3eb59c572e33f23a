"""The form of an initiative: what it is, whom it serves, who answers for it."""

from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.forms import RecordForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.organization.choices import RoleKind
from apps.organization.models import Unit
from apps.organization.selectors import sections_today
from apps.roadmap.forms.schedule import near
from apps.roadmap.models import ComprehensivePlanItem, Policy, Vision
from apps.roadmap.selectors import policies_open_to, visions_visible_to

# The posts that do work on an initiative.
POSTS = (RoleKind.PROMOTER, RoleKind.MANAGER, RoleKind.VIEWER, RoleKind.MEMBER, RoleKind.SECRETARIAT)
NOT_CHOSEN = _("Not chosen")


class NamedChoice(forms.ModelChoiceField):
    """Records by number and title."""

    def label_from_instance(self, record: Any) -> str:
        return f"{record.number or ''} {record.title}".strip()


def _record(label: Any, model: Any, help_text: Any = "") -> NamedChoice:
    return NamedChoice(
        label=label, queryset=model.objects.none(), required=False, empty_label=NOT_CHOSEN, help_text=help_text
    )


class InitiativeForm(RecordForm):
    """What an initiative says. Its dates are entered with a new one; later they move on their own page."""

    title = PlainFormField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    area = PlainFormField(
        label=_("Area"),
        help_text=_("As on the visions, so that one finds them together."),
        max_length=100,
        required=False,
    )
    current_state = PlainFormField(
        label=_("Present state"),
        help_text=_("How it is done today."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    starts_on = WarekiDateField(label=_("Starts on"), required=False)
    ends_on = WarekiDateField(label=_("Ends on"), required=False)
    vision = _record(_("Vision"), Vision)
    policy = _record(_("Policy"), Policy)
    plan_item = forms.ModelChoiceField(
        label=_("Item of the comprehensive plan"),
        queryset=ComprehensivePlanItem.objects.select_related("plan"),
        required=False,
        empty_label=NOT_CHOSEN,
    )
    lead_unit = forms.ModelChoiceField(label=_("Lead unit"), queryset=Unit.objects.none(), empty_label=NOT_CHOSEN)
    lead_role = forms.ChoiceField(
        label=_("Post in the lead unit"),
        help_text=_("Whoever holds this post today answers for the initiative. Without one it is the promoter."),
        choices=[("", NOT_CHOSEN), *((post.value, post.label) for post in POSTS)],
        required=False,
    )
    supporting_units = forms.ModelMultipleChoiceField(
        label=_("Supporting units"), queryset=Unit.objects.none(), required=False
    )
    by_team = forms.BooleanField(
        label=_("The promotion team carries it out itself"),
        help_text=_("What the team builds or tries out is listed as its own implementation."),
        required=False,
    )
    hurdle = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, data: Any = None, *, user: Any, record: Any = None, **kwargs: Any) -> None:
        self.user = user
        super().__init__(data, record=record, **kwargs)
        if record is not None:
            for name in ("starts_on", "ends_on", "hurdle"):
                del self.fields[name]
        self._choose_among()
        self.helper.layout = Layout(*self._layout())

    def _choose_among(self) -> None:
        """Only what the person may see; what is chosen already stays to be chosen."""
        record: Any = self.record
        visions: QuerySet[Vision] = visions_visible_to(self.user)
        policies = policies_open_to(self.user, Policy.objects.filter(_open_or(record, "policy")))
        if record is not None and record.vision_id:
            visions = visions | Vision.objects.filter(pk=record.vision_id)
        offered: dict[str, Any] = {
            "vision": visions.order_by("number", "pk"),
            "policy": policies.order_by("number", "pk"),
            "lead_unit": _units_and(record.lead_unit_id if record is not None else None),
            "supporting_units": sections_today(),
        }
        if record is not None:
            offered["supporting_units"] = _units_and(*record.unit_links.values_list("unit", flat=True))
            if record.policy_id and not policies.filter(pk=record.policy_id).exists():
                # A policy that this person does not see stays as it is.
                del offered["policy"], self.fields["policy"]
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def _layout(self) -> list[Any]:
        def there(*names: str) -> list[str]:
            return [name for name in names if name in self.fields]

        return [
            *there("uid", "version", "hurdle", "title", "area", "current_state"),
            *([Fieldset(_("Period"), "starts_on", "ends_on")] if self.record is None else []),
            Fieldset(_("Whom it serves"), *there("vision", "policy", "plan_item")),
            Fieldset(_("Who does it"), *there("lead_unit", "lead_role", "supporting_units", "by_team")),
        ]

    def values_of(self, record: Any) -> dict[str, Any]:
        return {
            **super().values_of(record),
            "vision": record.vision_id,
            "policy": record.policy_id,
            "plan_item": record.plan_item_id,
            "lead_unit": record.lead_unit_id,
            "supporting_units": list(record.unit_links.values_list("unit", flat=True)),
        }

    def clean_starts_on(self) -> date | None:
        return _near_if_given(self.cleaned_data["starts_on"])

    def clean_ends_on(self) -> date | None:
        return _near_if_given(self.cleaned_data["ends_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("An initiative cannot end before it starts."))
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "hurdle"}

    def moved_to(self, present: Any) -> "InitiativeForm":
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = present.version
        return type(self)(data, user=self.user, record=present)


def _near_if_given(day: date | None) -> date | None:
    return near(day) if day else None


def _open_or(record: Any, name: str) -> Q:
    """Those that are not archived, and the one that stands there."""
    chosen = getattr(record, f"{name}_id", None) if record is not None else None
    return Q(archived_at__isnull=True) | Q(pk=chosen)


def _units_and(*further: int | None) -> QuerySet[Unit]:
    """Today's sections, and those units that are chosen already, under the name of then."""
    return Unit.objects.filter(Q(pk__in=sections_today().order_by().values("pk")) | Q(pk__in=further)).order_by(
        "order", "pk"
    )
