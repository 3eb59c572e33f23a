"""The roll from Excel: the upload, the preview, the yes."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.models import Upload
from apps.core.pages import PreviewPage, UploadPage
from apps.training.forms.enrolments import RollUploadForm
from apps.training.services.roll import find_roll, keep_workbook, plan_workbook, take_over_roll, taken
from apps.training.services.roll.planning import RollPlan
from apps.training.views.rolls import RollPage


class SessionRollUpload(UploadPage, RollPage):
    title = gettext_lazy("Take a roll over from Excel")
    template_name = "training/roll_upload.html"
    form_class = RollUploadForm

    def keep(self, **values: Any) -> tuple[Upload | None, Any]:
        return keep_workbook(session=self.record, **values, by=self.request.user)

    def preview_url(self, upload: Upload) -> str:
        return self.address("session-roll-preview", upload.uid)


class SessionRollPreview(PreviewPage, RollPage):
    """What would this workbook change?"""

    title = gettext_lazy("What the workbook changes")
    template_name = "training/roll_preview.html"

    def find(self, uid: UUID) -> Upload | None:
        return find_roll(uid, self.record, self.request.user)

    def taken(self, uid: UUID) -> str | None:
        return self.address() if taken(uid, self.record) else None

    def plan(self, upload: Upload) -> RollPlan:
        return plan_workbook(upload, self.record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(replaces=not self.record.keeps_roll, **kwargs)

    def take_over(self, upload: Upload, mark: str) -> tuple[str, str]:
        done = take_over_roll(upload=upload, session=self.record, mark=mark, by=self.request.user)
        return _("Taken over: %(new)d new, %(changed)d changed.") % {"new": done.new, "changed": done.changed}, (
            self.address()
        )

    def upload_url(self) -> str:
        return self.address("session-roll-upload")
