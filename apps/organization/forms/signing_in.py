"""The sign-in form."""

import unicodedata
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.utils.translation import gettext_lazy as _


class EmployeeNumberField(UsernameField):
    """Takes full-width letters and digits, too: an input method is often left on."""

    def to_python(self, value: Any) -> Any:
        return unicodedata.normalize("NFKC", super().to_python(value) or "").strip()


class SignInForm(AuthenticationForm):
    """Employee number and password; one message for every failure, so that it tells nothing about accounts."""

    username = EmployeeNumberField(
        label=_("Employee number"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )
    error_messages = {
        "invalid_login": _("The employee number or the password is not right."),
        "inactive": _("The employee number or the password is not right."),
    }
