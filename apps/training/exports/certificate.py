"""The certificate 修了証 of somebody who has completed a session."""

from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.core import fonts, money, wareki
from apps.core.writers.pdf import compile_pdf
from apps.organization.choices import RoleKind
from apps.organization.models import Role
from apps.organization.selectors import city
from apps.training.models import Enrolment

TEMPLATE = "documents/certificate.typ"


def certificate(enrolment: Enrolment) -> bytes:
    """The PDF; the same whenever it is made."""
    return compile_pdf(TEMPLATE, certificate_words(enrolment), enrolment.session.date)


def certificate_words(enrolment: Enrolment) -> dict[str, Any]:
    """Every word on the paper."""
    session, course = enrolment.session, enrolment.session.course
    day = session.date
    hours = course.curriculum.aggregate(sum=Sum("hours"))["sum"]
    office, name = _signed_by(day)
    return {
        "title": _("Certificate of completion"),
        "number": _("No. %(number)s") % {"number": enrolment.certificate_number},
        "name": _("%(name)s, employee of the city") % {"name": enrolment.person.name},
        "body": _("You have completed the course named below; this certifies it."),
        "facts": [
            [_("Course"), str(session)],
            *(
                [[pgettext("certificate", "Hours"), _("%(hours)s hours") % {"hours": money.number(hours.normalize())}]]
                if hours
                else []
            ),
            [_("Completed on"), wareki.format_date(day)],
        ],
        "day": wareki.format_date(day),
        "office": office,
        "signed": name,
        "serif": fonts.SERIF,
        "date": {"year": day.year, "month": day.month, "day": day.day},
    }


def _signed_by(day: date) -> tuple[str, str]:
    """汐見野市長 and the name: who was mayor on the day, else whoever is known as such."""
    place = city()
    town = place.name if place else ""
    roles = Role.objects.filter(kind=RoleKind.CHIEF, unit__isnull=True).select_related("user")
    role = roles.on(day).order_by("pk").first() or roles.order_by("-valid_from", "pk").first()
    if role is None:
        return town, ""
    post = role.user.position
    return (town + post[1:] if town and town[-1:] == post[:1] else f"{town}　{post}"), role.user.name
