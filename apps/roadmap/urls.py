from django.urls import path

from apps.roadmap import views

app_name = "roadmap"

urlpatterns = [
    path("", views.Overview.as_view(), name="overview"),
    path("visions/", views.VisionList.as_view(), name="vision-list"),
    path("visions/<slug:address>/", views.VisionDetail.as_view(), name="vision-detail"),
    path("policies/", views.PolicyList.as_view(), name="policy-list"),
    path("policies/<slug:address>/", views.PolicyDetail.as_view(), name="policy-detail"),
    path("initiatives/", views.InitiativeList.as_view(), name="initiative-list"),
    path("initiatives/<slug:address>/", views.InitiativeDetail.as_view(), name="initiative-detail"),
]
