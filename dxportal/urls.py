"""Addresses; those of docs/contract stay stable."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from apps.core.health import healthz, readyz
from dxportal.accounts import SignInToFirstPage

# Rights are roles in periods, kept by services; Django's groups would be a second truth.
admin.site.unregister(Group)

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("accounts/login/", SignInToFirstPage.as_view(), name="login"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("hurdles/", include("apps.hurdles.urls")),
    path("roadmap/", include("apps.roadmap.urls")),
    path("training/", include("apps.training.urls")),
    path("budget/", include("apps.budget.urls")),
    path("petitions/", include("apps.petitions.urls")),
    path("decisions/", include("apps.decisions.urls")),
    path("reviews/", include("apps.reviews.urls")),
    path("reports/", include("apps.reports.urls")),
    path("lists/", include("apps.core.lists.urls")),
    path("", include("apps.core.urls")),
    path("admin/", admin.site.urls),
    path("handover/", include("apps.city.urls")),
    path("", include("apps.organization.urls")),
    path("", include("apps.dashboards.urls")),
]
