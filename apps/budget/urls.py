from django.urls import path
from django.views.generic import RedirectView

from apps.budget import views

app_name = "budget"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="budget:proposal-list"), name="home"),
    path("proposals/", views.ProposalList.as_view(), name="proposal-list"),
    path("proposals/<slug:address>/", views.ProposalDetail.as_view(), name="proposal-detail"),
    path("grants/", views.GrantList.as_view(), name="grant-list"),
    path("grants/<slug:address>/", views.GrantDetail.as_view(), name="grant-detail"),
    path("export/", views.RequestExport.as_view(), name="request-export"),
]
