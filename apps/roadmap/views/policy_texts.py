"""Pages of the text of a policy: write the next version, compare any two."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.differences import differences
from apps.core.pages import DetailPage
from apps.core.pages.base import Crumbs
from apps.roadmap.forms import PolicyTextForm
from apps.roadmap.models import PolicyVersion
from apps.roadmap.services import POLICY_ACTS, write_policy_text
from apps.roadmap.views.policy_pages import PolicyPage, PolicyVerb


class PolicyWriteText(PolicyVerb):
    permission = "roadmap.write_policy_text"
    row = POLICY_ACTS["write_text"]
    form_class = PolicyTextForm
    template_name = "roadmap/policy_wide_verb.html"

    def done(self, form: Any) -> HttpResponse:
        written = write_policy_text(policy=self.record, **self.said(form))
        return self.go(self.record, _("Version %(number)s is written.") % {"number": written.version})


class PolicyCompare(PolicyPage, DetailPage):
    """Two versions, `?from=1&to=3`; the two newest ones where nothing is asked for."""

    permission = "roadmap.view_policy"
    template_name = "roadmap/policy_compare.html"
    title = gettext_lazy("Compare versions")

    def get_title(self) -> Any:
        return self.title

    def crumbs(self) -> Crumbs:
        return self.here(self.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = {str(version.version): version for version in self.record.versions.all()}
        old, new = (self._asked(versions, name, back) for name, back in (("from", 2), ("to", 1)))
        pieces = differences(old.text, new.text) if old and new else []
        return super().get_context_data(versions=list(versions.values()), old=old, new=new, pieces=pieces, **kwargs)

    def _asked(self, versions: dict[str, PolicyVersion], name: str, back: int) -> PolicyVersion | None:
        """The version that the address names; else the one so many from the end."""
        if asked := self.request.GET.get(name):
            if asked not in versions:
                raise Http404
            return versions[asked]
        return list(versions.values())[-back] if len(versions) >= back else None
