"""The words with which a duplicate is merged."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.hurdles.forms.fields import area


class MergeForm(forms.Form):
    """Why the two are the same."""

    reason = area(
        _("Why the two are the same"), _("The section reads it, and it stands in the history."), required=True
    )


class UnmergeForm(forms.Form):
    """Why they are not the same after all."""

    reason = area(_("Why the merge is undone"), _("It stands in the history."), required=True)
