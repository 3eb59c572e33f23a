"""What people type into a record's talk. The ids differ from those of the page's own forms."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.core.files import FileRefused, check_size
from apps.core.files.content import KINDS, SAME
from apps.core.files.refusal import MEGABYTE
from apps.core.talk.comments import LONGEST
from apps.core.text import PlainFormField


class _TalkForm(forms.Form):
    """`uid` becomes that of the row, so that a form sent twice makes one."""

    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"id_{type(self).__name__.lower()}_%s"
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class CommentForm(_TalkForm):
    text = PlainFormField(
        label=pgettext_lazy("talk", "Comment"),
        max_length=LONGEST,
        widget=forms.Textarea(
            attrs={"rows": 3, "data-people": _("Names: choose with the arrow keys and Enter"), "autocomplete": "off"}
        ),
        help_text=_("@ with a full name or an employee number tells that person: @山田 太郎."),
        error_messages={"required": _("Write something first.")},
    )


class AttachmentForm(_TalkForm):
    """`too_large` is what the request said of itself: then the file has not been taken in at all."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in (*KINDS, *SAME))}),
    )

    def __init__(self, *args: Any, too_large: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        self.fields["file"].required = not too_large
        self.fields["file"].help_text = _(
            "PDF, Word, Excel, PowerPoint, pictures (PNG, JPEG), text, CSV. At most %(limit)s MB."
        ) % {"limit": settings.FILE_SIZE_LIMIT // MEGABYTE}

    def clean_file(self) -> Any:
        try:
            check_size(self.too_large or getattr(self.cleaned_data["file"], "size", 1))
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return self.cleaned_data["file"]


class WithdrawForm(forms.Form):
    reason = PlainFormField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The history keeps it."),
    )
