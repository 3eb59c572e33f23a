"""Pages with which hurdles and common hurdles come to a policy and go."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.core.models import found
from apps.core.pages import Facts
from apps.core.text import clean
from apps.hurdles.models import CommonHurdle, Hurdle
from apps.roadmap import selectors
from apps.roadmap.forms import PolicyReasonForm
from apps.roadmap.services import POLICY_ACTS, link_hurdles, unlink_hurdle
from apps.roadmap.views.policy_pages import PolicyVerb

MOST_SHOWN = 50
GONE = gettext_lazy("One of the hurdles can no longer be chosen. Look at the list and choose again.")


def ticked(request: HttpRequest, name: str) -> list[str]:
    """The numbers that were ticked, without what no number holds."""
    return [clean(number) for number in request.POST.getlist(name)]


@dataclass(frozen=True)
class Chosen:
    """What was ticked on a page."""

    hurdles: list[Hurdle]
    common_hurdles: list[CommonHurdle]

    @classmethod
    def of(cls, request: HttpRequest) -> "Chosen | None":
        """The ticked records; None where one of them cannot be chosen by this person."""
        user, numbers = request.user, ticked(request, "hurdles")
        common = ticked(request, "common_hurdles")
        hurdles = list(selectors.choosable_hurdles(user).filter(number__in=numbers))
        common_hurdles = list(selectors.choosable_common_hurdles(user).filter(number__in=common))
        complete = len(hurdles) == len(set(numbers)) and len(common_hurdles) == len(set(common))
        return cls(hurdles, common_hurdles) if complete else None


class PolicyLinkHurdles(PolicyVerb):
    """Search by number or words, tick, add."""

    permission = "roadmap.link_policy_hurdles"
    row = POLICY_ACTS["link_hurdles"]
    template_name = "roadmap/policy_link_hurdles.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, query = self.request.user, self.request.GET.get("q", "").strip()
        hurdles = selectors.choosable_hurdles(user).exclude(policy_links__policy=self.record)
        common = selectors.choosable_common_hurdles(user).exclude(policy_links__policy=self.record)
        return super().get_context_data(
            q=query,
            candidates=list(self.wanted(hurdles, query)[:MOST_SHOWN]),
            common_candidates=list((found(common, query) if query else common)[:MOST_SHOWN]),
            most_shown=MOST_SHOWN,
            **kwargs,
        )

    def wanted(self, hurdles: QuerySet[Hurdle], query: str) -> QuerySet[Hurdle]:
        """What was found by words; without words, the open hurdles that no policy resolves yet."""
        return found(hurdles, query) if query else selectors.without_policy(hurdles)

    def done(self, form: Any) -> HttpResponse:
        chosen = Chosen.of(self.request)
        if chosen is None:
            form.add_error(None, GONE)
            return self.show(form, status=422)
        count = link_hurdles(
            policy=self.record, hurdles=chosen.hurdles, common_hurdles=chosen.common_hurdles, by=self.request.user
        )
        said = ngettext("%(count)d hurdle added.", "%(count)d hurdles added.", count)
        return self.go(self.record, said % {"count": count})


class PolicyUnlinkHurdle(PolicyVerb):
    """One hurdle, or one common hurdle, out of the policy; `hurdle` is its number."""

    permission = "roadmap.link_policy_hurdles"
    row = POLICY_ACTS["unlink_hurdle"]
    form_class = PolicyReasonForm
    hurdle: Hurdle | CommonHurdle

    def load(self) -> None:
        super().load()
        number, user = self.kwargs["hurdle"], self.request.user
        seen: Any = (selectors.hurdles_of(self.record, user), selectors.common_hurdles_of(self.record, user))
        linked = next((row for rows in seen for row in rows.filter(number=number)), None)
        if linked is None:
            raise Http404
        self.hurdle = linked

    def facts(self) -> Facts:
        return [
            (_("Hurdle"), f"{self.hurdle.number} {self.hurdle.title}"),
            (_("What follows"), _("The hurdle stays as it is; only the policy names it no more.")),
        ]

    def done(self, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        unlink_hurdle(policy=self.record, hurdle=self.hurdle, reason=reason, by=self.request.user)
        return self.go(self.record, _("%(number)s is taken out.") % {"number": self.hurdle.number})
