"""The form of a hurdle: two required fields, the rest folded away."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from apps.core.forms import RecordForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.hurdles.choices import EvidenceKind, HurdleStatus, Scope, Severity
from apps.hurdles.forms.fields import area, count
from apps.hurdles.models import Category, LegalLevel, Theme
from apps.organization.models import Unit
from apps.organization.selectors import sections_today

TITLE_HINT = 40
# The first of each part is written with a new hurdle; further ones have pages of their own.
PART_PREFIXES = ("basis_", "example_", "evidence_")


class HurdleForm(RecordForm):
    """What is in the way. Only title and obstacle are required; the secretariat completes the rest."""

    title = PlainFormField(
        label=_("Title"),
        help_text=_("About %(count)d characters, so that one sees what is in the way.") % {"count": TITLE_HINT},
        max_length=200,
        widget=forms.TextInput(attrs={"data-count-max": TITLE_HINT, "autocomplete": "off"}),
    )
    obstacle = PlainFormField(
        label=_("What is in the way?"),
        help_text=_("When, for whom, how much. Do not write names or addresses of persons."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.all(), required=False, empty_label=_("Not chosen")
    )
    scope = forms.ChoiceField(label=_("Scope"), choices=[("", _("Not chosen")), *Scope.choices], required=False)
    current_practice = area(_("Current practice"))
    desired_state = area(_("Desired state"))
    simplification = area(_("Could it be abolished, merged or simplified first?"))
    countermeasure = area(_("Countermeasure"))
    basis_level = forms.ModelChoiceField(
        label=_("On what does it rest?"),
        help_text=_("Law, rule or custom. It decides who can change it."),
        queryset=LegalLevel.objects.all(),
        required=False,
        empty_label=_("Not chosen"),
    )
    basis_name = PlainFormField(label=_("Name of the basis"), max_length=200, required=False)
    basis_article = PlainFormField(label=_("Article"), max_length=200, required=False)
    example_city = PlainFormField(label=_("Example of another city: city"), max_length=100, required=False)
    example_text = area(_("Example of another city: how it does it"))
    example_source = PlainFormField(label=_("Example of another city: source"), max_length=500, required=False)
    evidence_kind = forms.ChoiceField(
        label=_("Evidence from citizens: kind"), choices=[("", _("Not chosen")), *EvidenceKind.choices], required=False
    )
    evidence_text = area(_("Evidence from citizens: what"))
    evidence_source = PlainFormField(label=_("Evidence from citizens: source"), max_length=500, required=False)
    owning_unit = forms.ModelChoiceField(
        label=_("Owning unit"), queryset=Unit.objects.none(), required=False, empty_label=_("Not chosen")
    )
    affects_all_units = forms.BooleanField(label=_("Affects every unit"), required=False)
    affected_units = forms.ModelMultipleChoiceField(
        label=_("Affected units"), queryset=Unit.objects.none(), required=False
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"),
        queryset=Theme.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    severity = forms.TypedChoiceField(
        label=_("Severity"),
        choices=[("", _("Not chosen")), *Severity.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    hours_lost = count(_("Hours lost a year"), _("All staff together, in hours."))
    yen_lost = count(_("Yen lost a year"))
    citizens_affected = count(_("Citizens affected a year"))
    target_date = WarekiDateField(label=_("Target date"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.record is not None:
            self._drop_parts()
        for name in ("owning_unit", "affected_units"):
            self.fields[name].queryset = sections_today()  # type: ignore[attr-defined]
        if self.record is not None and self.record.status != HurdleStatus.DRAFT:  # type: ignore[attr-defined]
            # Once submitted it is a promise, which moves on its own page and with a reason.
            del self.fields["target_date"]
        self.helper.layout = Layout(
            "uid",
            "version",
            "title",
            "obstacle",
            Fieldset(self._legend(), *self._details(), css_class="fold", **self._unfolded()),
        )

    def _drop_parts(self) -> None:
        """A hurdle that exists has a page for each of its parts; its form leaves them alone."""
        for name in [each for each in self.fields if each.startswith(PART_PREFIXES)]:
            del self.fields[name]

    def _unfolded(self) -> dict[str, str]:
        """Who changes a record wants to see all of it; who logs one wants two fields."""
        return {} if self.record is None else {"open": "open"}

    def _legend(self) -> str:
        """Who logs a hurdle is told that all of it may wait."""
        if self.record is not None:
            return str(_("More details"))
        return format_html("{} <span>{}</span>", _("More details"), _("Optional: basis, hours lost, date and more"))

    def _details(self) -> list[str]:
        silent = {"uid", "version", "title", "obstacle"}
        return [name for name in self.fields if name not in silent]

    def values_of(self, record: Any) -> dict[str, Any]:
        return {
            **super().values_of(record),
            "affected_units": list(record.affected_units.values_list("pk", flat=True)),
            "themes": list(record.themes.values_list("pk", flat=True)),
            "owning_unit": record.owning_unit_id,
            "category": record.category_id,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("basis_name") and not cleaned.get("basis_level"):
            self.add_error("basis_level", _("Choose whether this is a law, a rule or a custom."))
        if cleaned.get("basis_level") and not cleaned.get("basis_name"):
            self.add_error("basis_name", _("Write the name of the law, rule or custom."))
        if (cleaned.get("example_city") or cleaned.get("example_source")) and not cleaned.get("example_text"):
            self.add_error("example_text", _("Write how that city does it, or empty the city and the source."))
        if cleaned.get("evidence_text") and not cleaned.get("evidence_kind"):
            self.add_error("evidence_kind", _("Choose from where one knows it."))
        if (cleaned.get("evidence_kind") or cleaned.get("evidence_source")) and not cleaned.get("evidence_text"):
            self.add_error("evidence_text", _("Write what citizens say or lose, or empty the kind and the source."))
        return cleaned

    def values(self) -> dict[str, Any]:
        values = super().values()
        if self.record is not None:
            return values
        basis, example, evidence = (_taken(values, prefix) for prefix in PART_PREFIXES)
        return {
            **values,
            "legal_basis": basis if basis["level"] else None,
            "city_example": example if example["text"] else None,
            "citizen_evidence": evidence if evidence["text"] else None,
        }


def _taken(values: dict[str, Any], prefix: str) -> dict[str, Any]:
    """The values of one part, taken out of the form's values and without their prefix."""
    names = [name for name in values if name.startswith(prefix)]
    return {name.removeprefix(prefix): values.pop(name) for name in names}
