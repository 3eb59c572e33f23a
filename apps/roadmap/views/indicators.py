"""Pages on which indicators are added, changed and removed, and on which one records what was measured."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.pages import VerbPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.roadmap import selectors
from apps.roadmap.forms.indicators import ActualsForm, IndicatorForm, IndicatorRemovalForm, span
from apps.roadmap.models import Vision
from apps.roadmap.selectors.indicators import with_years
from apps.roadmap.services.indicators import (
    StaleIndicator,
    add_indicator,
    change_indicator,
    record_actuals,
    remove_indicator,
)
from apps.roadmap.views.crumbs import roadmap_crumbs

# So many years ahead where nothing says how far an initiative reaches.
USUAL_YEARS = 3


def indicator_context(owner: Any, user: Any, table: Any) -> dict[str, Any]:
    """What `roadmap/indicator_section.html` shows on the page of a vision or an initiative."""
    kind = "vision" if isinstance(owner, Vision) else "initiative"
    edits = f"roadmap.edit_{kind}_indicators"
    may_edit = permitted(user, edits, owner)
    return {
        "indicators": table,
        "indicator_kind": kind,
        "owner_address": owner.address,
        "owner_pk": owner.pk,
        "may_edit_indicators": may_edit,
        "may_record_actuals": may_edit if kind == "vision" else permitted(user, "roadmap.record_actual", owner),
    }


class _IndicatorPage(VerbPage):
    """A page about an indicator of a vision or an initiative."""

    template_name = "roadmap/indicator_form.html"
    kind: ClassVar[str]
    part: Any = None

    def load(self) -> None:
        super().load()
        if "part" in self.kwargs:
            self.part = with_years(self.record.indicators.all()).filter(pk=self.kwargs["part"]).first()
            if self.part is None:
                raise Http404

    def get_queryset(self) -> QuerySet[Any]:
        user = self.request.user
        return selectors.visions_visible_to(user) if self.kind == "vision" else selectors.initiatives_visible_to(user)

    def crumbs(self) -> Crumbs:
        label = _("Visions") if self.kind == "vision" else _("Initiatives")
        name = self.record.number or _("Draft")
        return roadmap_crumbs(
            (label, reverse(f"roadmap:{self.kind}-list")),
            (name, self.record.get_absolute_url()),
            (self.verb_label, None),
        )

    def known_years(self) -> list[FiscalYear]:
        return sorted({value.fiscal_year for value in self.part.values.all()}) if self.part else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(part=self.part, **kwargs)


class _IndicatorWrite(_IndicatorPage):
    form_class = IndicatorForm

    def form_arguments(self) -> dict[str, Any]:
        this_year = FiscalYear.of(clock.today())
        known = self.known_years()
        first = known[0] if known else this_year
        years = span([*known, first], max([*known, self.last_year(this_year)]))
        return {"years": years, **({"record": self.part} if self.part else {})}

    def last_year(self, this_year: FiscalYear) -> FiscalYear:
        """How far the targets reach."""
        if self.kind == "vision":
            return max(self.record.target_year, this_year)
        ends_on = self.record.ends_on
        return max(FiscalYear.of(ends_on), this_year) if ends_on else this_year + USUAL_YEARS


class _IndicatorAdd(_IndicatorWrite):
    verb_label = gettext_lazy("Add an indicator")

    def done(self, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        add_indicator(
            owner=self.record, values=form.said(), targets=form.targets(), by=self.request.user, reason=reason
        )
        return self.go(self.record, _("Added."))


class _Stale:
    """Nothing is written over what somebody saved in the meantime."""

    part: Any

    def done(self, form: Any) -> HttpResponse:
        page: Any = self
        try:
            return page.save(form)
        except StaleIndicator as stale:
            form.compare(stale.present)
            return page.show(form, status=409)


class _IndicatorChange(_Stale, _IndicatorWrite):
    verb_label = gettext_lazy("Change the indicator")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        remove = reverse(f"roadmap:{self.kind}-indicator-remove", args=[self.record.address, self.part.pk])
        return super().get_context_data(remove_url=remove, **kwargs)

    def save(self, form: Any) -> HttpResponse:
        change_indicator(
            indicator=self.part,
            seen=form.cleaned_data["seen"],
            values=form.said(),
            targets=form.targets(),
            by=self.request.user,
            reason=form.cleaned_data["reason"],
        )
        return self.go(self.record, _("Saved."))


class _ActualRecord(_Stale, _IndicatorPage):
    verb_label = gettext_lazy("Record actuals")
    form_class = ActualsForm

    def form_arguments(self) -> dict[str, Any]:
        """The years that have begun: those that have a target or an actual, and the last two of all."""
        this_year = FiscalYear.of(clock.today())
        begun = [year for year in self.known_years() if year <= this_year]
        return {"years": span([*begun, this_year.previous], this_year), "record": self.part}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        targets = {value.fiscal_year: value.target for value in self.part.values.all()}
        return super().get_context_data(targets=targets, **kwargs)

    def save(self, form: Any) -> HttpResponse:
        record_actuals(
            indicator=self.part,
            seen=form.cleaned_data["seen"],
            actuals=form.actuals(),
            by=self.request.user,
            reason=form.cleaned_data["reason"],
        )
        return self.go(self.record, _("What was measured is recorded."))


class _IndicatorRemove(_IndicatorPage):
    template_name = "components/verb_page.html"
    verb_label = gettext_lazy("Remove the indicator")
    form_class = IndicatorRemovalForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(facts=[(_("Indicator"), str(self.part))], **kwargs)

    def done(self, form: Any) -> HttpResponse:
        remove_indicator(indicator=self.part, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.go(self.record, _("Removed."))


class VisionIndicatorAdd(_IndicatorAdd):
    permission, kind = "roadmap.edit_vision_indicators", "vision"


class VisionIndicatorChange(_IndicatorChange):
    permission, kind = "roadmap.edit_vision_indicators", "vision"


class VisionIndicatorRemove(_IndicatorRemove):
    permission, kind = "roadmap.edit_vision_indicators", "vision"


class VisionActualRecord(_ActualRecord):
    permission, kind = "roadmap.edit_vision_indicators", "vision"


class InitiativeIndicatorAdd(_IndicatorAdd):
    permission, kind = "roadmap.edit_initiative_indicators", "initiative"


class InitiativeIndicatorChange(_IndicatorChange):
    permission, kind = "roadmap.edit_initiative_indicators", "initiative"


class InitiativeIndicatorRemove(_IndicatorRemove):
    permission, kind = "roadmap.edit_initiative_indicators", "initiative"


class InitiativeActualRecord(_ActualRecord):
    permission, kind = "roadmap.record_actual", "initiative"
