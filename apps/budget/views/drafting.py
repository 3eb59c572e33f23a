"""The step from an intent or an introduction plan to a draft of the proposal that asks for it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from apps.budget.forms import DraftProposalForm
from apps.budget.models import Proposal
from apps.budget.selectors import visible_to
from apps.core.pages import Facts, VerbPage


def facts_of(sentences: Iterable[Any]) -> Facts:
    """Sentences that a page says before its button."""
    return [(_("What is taken over"), "\n".join(map(str, sentences)))]


class DraftProposalPage(VerbPage):
    """One step, once: whoever comes second is led to the proposal that is there, where they may see it."""

    form_class = DraftProposalForm
    takes: ClassVar[Iterable[Any]]

    def form_arguments(self) -> dict[str, Any]:
        return {"source": self.record}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(facts=facts_of(self.takes), **kwargs)

    def draft(self, **chosen: Any) -> Proposal:
        """The draft, or the proposal that asks for it already."""
        raise NotImplementedError

    def done(self, form: Any) -> HttpResponse:
        proposal = self.draft(**form.cleaned_data)
        if not visible_to(self.request.user).filter(pk=proposal.pk).exists():
            form.add_error(None, _("Another section asks for it already."))
            return self.show(form, status=422)
        return HttpResponseRedirect(proposal.get_absolute_url())
