"""The city's own form of the budget request: checked, kept, laid aside."""

from apps.budget.services.request_forms.checking import CheckedForm, FormFault, check_form, open_form
from apps.budget.services.request_forms.keeping import archive_form, upload_form
from apps.budget.services.request_forms.placeholders import NoPlaceholder, has_braces, parse

__all__ = [
    "CheckedForm",
    "FormFault",
    "NoPlaceholder",
    "archive_form",
    "check_form",
    "has_braces",
    "open_form",
    "parse",
    "upload_form",
]
