"""Pages on which visions are created, changed and laid aside, and on which one says which hurdles hold them back."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.core.pages import CreatePage, EditPage, VerbPage
from apps.core.pages.base import Crumbs
from apps.core.pages.form import FormPage
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import visible_to as visible_hurdles
from apps.hurdles.selectors.dependencies import by_number
from apps.roadmap import selectors
from apps.roadmap.forms.visions import (
    HoldsBackForm,
    LinkHurdlesForm,
    UnlinkHurdleForm,
    VisionArchiveForm,
    VisionForm,
)
from apps.roadmap.models import ComprehensivePlanItem, Vision
from apps.roadmap.selectors.visions import (
    could_take_over,
    held_back_by,
    may_hold_back,
    not_held_back_by,
    offered_hurdles,
)
from apps.roadmap.services.visions import (
    archive_vision,
    create_vision,
    edit_vision,
    link_vision_hurdles,
    unlink_vision_hurdle,
)
from apps.roadmap.views.crumbs import roadmap_crumbs
from apps.roadmap.views.policy_hurdles import ticked

GONE = gettext_lazy("One of the hurdles can no longer be chosen. Look at the list and choose again.")


def vision_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    return roadmap_crumbs((_("Visions"), reverse("roadmap:vision-list")), *further)


class VisionCreate(CreatePage):
    """A new vision; `?plan_item=2-1-1` and `?serves=V-…` come from where it is missing."""

    permission = "roadmap.create_vision"
    title = gettext_lazy("Create a vision")
    template_name = "roadmap/vision_form.html"
    form_class = VisionForm

    def crumbs(self) -> Crumbs:
        return vision_crumbs((_("New"), None))

    def form_arguments(self) -> dict[str, Any]:
        arguments, query = super().form_arguments(), self.request.GET
        item = (
            ComprehensivePlanItem.objects.filter(code=query.get("plan_item", "")).order_by("-plan__from_year").first()
        )
        serves = selectors.visions_visible_to(self.request.user).filter(number=query.get("serves", "")).first()
        known = {"plan_item": item and item.pk, "serves": serves and serves.pk, "area": serves.area if serves else ""}
        arguments["initial"] |= {name: value for name, value in known.items() if value}
        return arguments

    def existing(self, uid: UUID) -> Vision | None:
        return selectors.visions_visible_to(self.request.user).filter(uid=uid).first()

    def create(self, form: Any) -> HttpResponse:
        vision = create_vision(uid=form.cleaned_data["uid"], values=form.values(), by=self.request.user)
        return self.go(vision, _("Created as %(number)s.") % {"number": vision.number})


class _VisionPage:
    """What the pages about one vision share."""

    request: Any
    record: Any
    verb_label: ClassVar[Any] = ""

    def get_queryset(self) -> QuerySet[Vision]:
        return selectors.vision_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        here = self.record.number or _("Draft")
        return vision_crumbs((here, self.record.get_absolute_url()), (self.verb_label, None))


class VisionEdit(_VisionPage, EditPage):
    permission = "roadmap.edit_vision"
    template_name = "roadmap/vision_form.html"
    form_class = VisionForm
    verb_label = gettext_lazy("Edit")

    def save(self, form: Any) -> HttpResponse:
        vision = edit_vision(vision=self.record, **self.said(form))
        return self.go(vision, _("Saved."))


class VisionArchive(_VisionPage, VerbPage):
    permission = "roadmap.archive_vision"
    form_class = VisionArchiveForm
    verb_label = gettext_lazy("Archive")

    @cached_property
    def standing(self) -> dict[str, int]:
        """How much hangs on it still."""
        initiatives = self.record.initiatives.filter(archived_at__isnull=True).count()
        return {"visions": len(self.record.served_by.all()), "initiatives": initiatives}

    def form_arguments(self) -> dict[str, Any]:
        others = could_take_over(self.request.user, self.record)
        return {"others": others, "needed": any(self.standing.values())}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        labels = {"visions": _("Three-year visions that serve it"), "initiatives": _("Initiatives that lead there")}
        facts = [(labels[name], str(count)) for name, count in self.standing.items() if count]
        return super().get_context_data(facts=facts, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        archive_vision(
            vision=self.record,
            reason=form.cleaned_data["reason"],
            move_to=form.cleaned_data.get("move_to"),
            by=self.request.user,
        )
        messages.success(self.request, _("“%(title)s” is archived.") % {"title": self.record.title})
        return HttpResponseRedirect(reverse("roadmap:vision-list"))


class VisionHurdles(_VisionPage, VerbPage):
    """What holds the vision back; more is found by number or words, ticked and added."""

    permission = "roadmap.link_vision_hurdles"
    template_name = "roadmap/vision_hurdles.html"
    form_class = LinkHurdlesForm
    verb_label = gettext_lazy("Add hurdles that hold it back")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, words = self.request.user, self.request.GET.get("q", "")
        wanted = ticked(self.request, "hurdles") or self.request.GET.getlist("hurdle")
        named = may_hold_back(user, self.record).filter(number__in=wanted).order_by("number")
        found = [hurdle for hurdle in offered_hurdles(user, self.record, words) if hurdle.number not in wanted]
        return super().get_context_data(
            q=words,
            linked=selectors.hurdles_of(self.record, user),
            offered=[*named, *found],
            ticked=set(wanted),
            **kwargs,
        )

    def done(self, form: Any) -> HttpResponse:
        numbers, user = ticked(self.request, "hurdles"), self.request.user
        hurdles = list(may_hold_back(user, self.record).filter(number__in=numbers))
        if len(hurdles) != len(set(numbers)) and not self._are_there(numbers):
            form.add_error(None, GONE)
            return self.show(form, status=422)
        if numbers and not hurdles:
            return self.go(self.record, _("They stand there already."))
        new = link_vision_hurdles(vision=self.record, hurdles=hurdles, by=user, reason=form.cleaned_data["reason"])
        said = ngettext("%(count)d hurdle added.", "%(count)d hurdles added.", len(new))
        return self.go(self.record, said % {"count": len(new)})

    def _are_there(self, numbers: list[str]) -> bool:
        """Whether those that cannot be added are linked already, as after a second click."""
        user = self.request.user
        known = (may_hold_back(user, self.record), selectors.hurdles_of(self.record, user))
        found = [
            number for rows in known for number in rows.filter(number__in=numbers).values_list("number", flat=True)
        ]
        return set(numbers) <= set(found)


class VisionHurdleRemove(_VisionPage, VerbPage):
    permission = "roadmap.link_vision_hurdles"
    form_class = UnlinkHurdleForm
    verb_label = gettext_lazy("Take out")
    hurdle: Hurdle

    def load(self) -> None:
        super().load()
        linked = selectors.hurdles_of(self.record, self.request.user)
        hurdle = linked.filter(number=self.kwargs["hurdle"]).first()
        if hurdle is None:
            raise Http404
        self.hurdle = hurdle

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = [(_("Hurdle"), f"{self.hurdle.number} {self.hurdle.title}")]
        return super().get_context_data(facts=facts, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        unlink_vision_hurdle(vision=self.record, hurdle=self.hurdle, reason=reason, by=self.request.user)
        return self.go(self.record, _("%(number)s is taken out.") % {"number": self.hurdle.number})


class VisionHoldBack(FormPage):
    """From a hurdle's page (`?hurdle=H-…`): which visions it holds back."""

    permission = "roadmap.link_vision_hurdles"
    title = gettext_lazy("Say which visions it holds back")
    template_name = "roadmap/vision_hold_back.html"
    form_class = HoldsBackForm

    @cached_property
    def hurdle(self) -> Hurdle:
        hurdle = by_number(self.request.user, self.request.GET.get("hurdle", ""))
        if hurdle is None:
            raise Http404
        return hurdle

    def crumbs(self) -> Crumbs:
        return vision_crumbs((self.title, None))

    def form_arguments(self) -> dict[str, Any]:
        return {"visions": not_held_back_by(self.request.user, self.hurdle)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = held_back_by(self.request.user, self.hurdle)
        return super().get_context_data(hurdle=self.hurdle, held=held, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        user, hurdle = self.request.user, visible_hurdles(self.request.user).get(pk=self.hurdle.pk)
        with transaction.atomic():
            for vision in form.cleaned_data["visions"]:
                link_vision_hurdles(vision=vision, hurdles=[hurdle], by=user, reason=form.cleaned_data["reason"])
        count = len(form.cleaned_data["visions"])
        said = ngettext("It holds %(count)d vision back.", "It holds %(count)d visions back.", count)
        return self.go(hurdle, said % {"count": count})
