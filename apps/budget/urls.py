from django.urls import path
from django.views.generic import RedirectView

from apps.budget import views

app_name = "budget"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="budget:proposal-list"), name="home"),
    path("proposals/", views.ProposalList.as_view(), name="proposal-list"),
    path("proposals/from-plan/<slug:address>/", views.ProposalFromPlan.as_view(), name="proposal-from-plan"),
    path("proposals/<slug:address>/", views.ProposalDetail.as_view(), name="proposal-detail"),
    path("grants/", views.GrantList.as_view(), name="grant-list"),
    path("grants/reference/", views.GrantReference.as_view(), name="grant-reference"),
    path("grants/<slug:address>/", views.GrantDetail.as_view(), name="grant-detail"),
    path("plans/", views.PlanList.as_view(), name="plan-list"),
    path("plans/<slug:address>/", views.PlanDetail.as_view(), name="plan-detail"),
    path("intents/", views.IntentList.as_view(), name="intent-list"),
    path("intents/<slug:address>/", views.IntentDetail.as_view(), name="intent-detail"),
    path("export/", views.RequestExport.as_view(), name="request-export"),
]
