"""The menu and the frame around every page. Modules of later issues add their line here."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.notices import unread_count
from apps.core.permissions import permitted
from apps.organization.selectors import city


@dataclass(frozen=True)
class Entry:
    """A line of the menu: shown to those who have the permission, current on every page under `under`."""

    label: Any
    url_name: str
    permission: str
    under: str


MENU = (
    Entry(_("My work"), "dashboards:my-work", "dashboards.view_my_work", "/"),
    Entry(_("Hurdles"), "hurdles:hurdle-list", "hurdles.view_hurdles", "/hurdles/"),
    Entry(_("Roadmap"), "roadmap:overview", "roadmap.view_overview", "/roadmap/"),
    Entry(_("Training"), "training:overview", "training.view_training", "/training/"),
    Entry(_("Budget and grants"), "budget:home", "budget.view_proposals", "/budget/"),
    Entry(_("Petitions to the nation"), "petitions:petition-list", "petitions.view_petitions", "/petitions/"),
    Entry(_("Meetings"), "decisions:meeting-list", "decisions.view_meetings", "/decisions/"),
    Entry(_("Reviews"), "reviews:reflection-list", "reviews.view_reflections", "/reviews/"),
    Entry(_("Reports"), "reports:report-list", "reports.view_reports", "/reports/"),
    Entry(_("My jobs"), "core:job-list", "core.view_jobs", "/jobs/"),
    Entry(_("The whole city"), "dashboards:headquarters", "dashboards.view_headquarters", "/dashboard/"),
    Entry(_("Lists and settings"), "admin:index", "organization.administer_lists", "/admin/"),
)


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """What base.html shows around the content."""
    user = getattr(request, "user", None)
    present = city()
    return {
        "frame": {
            "city": present.name if present else "",
            "today": clock.today(),
            "demo": settings.DEMO,
            "menu": _menu(request, user) if user and user.is_authenticated else [],
            "user_label": _user_label(user) if user and user.is_authenticated else "",
            "unread": partial(unread_count, user) if user and user.is_authenticated else 0,
            "classification": _("Confidentiality 2 (within the city hall)"),
        }
    }


def _menu(request: HttpRequest, user: Any) -> list[dict[str, Any]]:
    entries = [entry for entry in MENU if permitted(user, entry.permission)]
    here = max((entry.under for entry in entries if request.path.startswith(entry.under)), key=len, default="")
    return [{"label": entry.label, "url": reverse(entry.url_name), "current": entry.under == here} for entry in entries]


def _user_label(user: Any) -> str:
    unit = user.unit.name if user.unit else ""
    role = user.role_label or user.position
    return f"{unit}（{role}）" if unit and role else unit or role
