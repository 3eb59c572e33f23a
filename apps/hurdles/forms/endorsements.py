"""The form of "ours too": the own example and loss, all of it optional."""

from django.utils.translation import gettext_lazy as _

from apps.core.forms import RecordForm
from apps.hurdles.forms.fields import area, count


class EndorsementForm(RecordForm):
    """What the section has of the same: nothing is required, one click is enough."""

    example = area(_("Example of your section"), _("When, for whom, how much. Do not write names of persons."), rows=4)
    hours_lost = count(_("Hours lost a year"), _("In your section, all staff together."))
    yen_lost = count(_("Yen lost a year"))
