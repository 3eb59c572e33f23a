"""Pages with which a policy is begun and changed."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.pages import CreatePage, EditPage
from apps.core.pages.base import Crumbs
from apps.roadmap import selectors
from apps.roadmap.forms import PolicyForm
from apps.roadmap.models import Policy
from apps.roadmap.services import create_policy, edit_policy
from apps.roadmap.views.policy_hurdles import GONE, Chosen, ticked
from apps.roadmap.views.policy_pages import PolicyPage, policy_crumbs


class PolicyCreate(CreatePage):
    """A new draft; `?hurdle=…` and `?common_hurdle=…` say what it is to resolve."""

    permission = "roadmap.create_policy"
    title = gettext_lazy("Create a policy")
    template_name = "roadmap/policy_form.html"
    form_class = PolicyForm

    def crumbs(self) -> Crumbs:
        return policy_crumbs((_("New"), None))

    def existing(self, uid: UUID) -> Policy | None:
        found = selectors.policy_by_uid(uid)
        return (
            found if found and selectors.policies_visible_to(self.request.user).filter(pk=found.pk).exists() else None
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the address names, ticked; after a refusal, what was ticked."""
        user, query = self.request.user, self.request.GET
        numbers = query.getlist("hurdle") + ticked(self.request, "hurdles")
        common = query.getlist("common_hurdle") + ticked(self.request, "common_hurdles")
        return super().get_context_data(
            candidates=list(selectors.choosable_hurdles(user).filter(number__in=numbers)),
            common_candidates=list(selectors.choosable_common_hurdles(user).filter(number__in=common)),
            **kwargs,
        )

    def create(self, form: Any) -> HttpResponse:
        chosen = Chosen.of(self.request)
        if chosen is None:
            form.add_error(None, GONE)
            return self.show(form, status=422)
        policy = create_policy(
            uid=form.cleaned_data["uid"],
            values=form.values(),
            hurdles=chosen.hurdles,
            common_hurdles=chosen.common_hurdles,
            by=self.request.user,
        )
        return self.go(policy, _("The draft is created. Write its text next."))


class PolicyEdit(PolicyPage, EditPage):
    permission = "roadmap.edit_policy"
    template_name = "roadmap/policy_form.html"
    form_class = PolicyForm
    verb_label: ClassVar[Any] = gettext_lazy("Edit")

    def crumbs(self) -> Crumbs:
        return self.here(self.verb_label)

    def save(self, form: Any) -> HttpResponse:
        policy = edit_policy(policy=self.record, **self.said(form))
        return self.go(policy, _("Saved."))
