from django.urls import path

from apps.roadmap import views

app_name = "roadmap"

urlpatterns = [
    path("", views.Overview.as_view(), name="overview"),
    path("way/", views.WayToVisions.as_view(), name="way"),
    path("visions/", views.VisionList.as_view(), name="vision-list"),
    path("visions/<slug:address>/", views.VisionDetail.as_view(), name="vision-detail"),
    path("policies/", views.PolicyList.as_view(), name="policy-list"),
    path("policies/<slug:address>/", views.PolicyDetail.as_view(), name="policy-detail"),
    path("initiatives/", views.InitiativeList.as_view(), name="initiative-list"),
    path("initiatives/<slug:address>/", views.InitiativeDetail.as_view(), name="initiative-detail"),
    path("initiatives/<slug:address>/reschedule/", views.InitiativeReschedule.as_view(), name="initiative-reschedule"),
    path("initiatives/<slug:address>/links/", views.InitiativeLinks.as_view(), name="initiative-links"),
    path(
        "initiatives/<slug:address>/links/needs/<int:other>/remove/",
        views.InitiativeNeedsNoMore.as_view(),
        name="initiative-needs-remove",
    ),
    path(
        "initiatives/<slug:address>/links/related/<int:other>/remove/",
        views.InitiativeRelatedNoMore.as_view(),
        name="initiative-related-remove",
    ),
    path("baselines/", views.BaselineList.as_view(), name="baseline-list"),
    path("baselines/freeze/", views.BaselineFreeze.as_view(), name="baseline-freeze"),
    path("baselines/<slug:address>/", views.BaselineDetail.as_view(), name="baseline-detail"),
    path("baselines/<slug:address>/archive/", views.BaselineArchive.as_view(), name="baseline-archive"),
]
