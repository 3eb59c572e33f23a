"""The one form of reports: the button that makes a draft."""

from django import forms


class DraftForm(forms.Form):
    """Carries the uid that was drawn when the button was shown, so that pressing it twice is one job."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
