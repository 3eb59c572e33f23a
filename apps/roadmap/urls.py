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
    path("implementations/", views.ImplementationList.as_view(), name="implementation-list"),
    path("initiatives/", views.InitiativeList.as_view(), name="initiative-list"),
    path("initiatives/new/", views.InitiativeCreate.as_view(), name="initiative-create"),
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
    path("initiatives/<slug:address>/edit/", views.InitiativeEdit.as_view(), name="initiative-edit"),
    path("initiatives/<slug:address>/archive/", views.InitiativeArchive.as_view(), name="initiative-archive"),
    path("initiatives/<slug:address>/plan/", views.InitiativePlan.as_view(), name="initiative-plan"),
    path("initiatives/<slug:address>/start/", views.InitiativeStart.as_view(), name="initiative-start"),
    path("initiatives/<slug:address>/go-on/", views.InitiativeGoOn.as_view(), name="initiative-go-on"),
    path("initiatives/<slug:address>/achieve/", views.InitiativeAchieve.as_view(), name="initiative-achieve"),
    path("initiatives/<slug:address>/cancel/", views.InitiativeCancel.as_view(), name="initiative-cancel"),
    path("initiatives/<slug:address>/resume/", views.InitiativeResume.as_view(), name="initiative-resume"),
    path("initiatives/<slug:address>/update/", views.InitiativeWriteUpdate.as_view(), name="initiative-update"),
    path("initiatives/<slug:address>/hurdles/", views.InitiativeHurdles.as_view(), name="initiative-hurdles"),
    path(
        "initiatives/<slug:address>/hurdles/<int:hurdle>/remove/",
        views.InitiativeHurdleRemove.as_view(),
        name="initiative-hurdle-remove",
    ),
    path("initiatives/<slug:address>/milestones/add/", views.MilestoneAdd.as_view(), name="milestone-add"),
    path("initiatives/<slug:address>/milestones/<int:part>/", views.MilestoneChange.as_view(), name="milestone-change"),
    path(
        "initiatives/<slug:address>/milestones/<int:part>/achieve/",
        views.MilestoneAchieve.as_view(),
        name="milestone-achieve",
    ),
    path(
        "initiatives/<slug:address>/milestones/<int:part>/reopen/",
        views.MilestoneReopen.as_view(),
        name="milestone-reopen",
    ),
    path(
        "initiatives/<slug:address>/milestones/<int:part>/remove/",
        views.MilestoneRemove.as_view(),
        name="milestone-remove",
    ),
    path(
        "initiatives/<slug:address>/implementations/add/",
        views.ImplementationRecord.as_view(),
        name="implementation-record",
    ),
    path(
        "initiatives/<slug:address>/implementations/<int:part>/",
        views.ImplementationChange.as_view(),
        name="implementation-change",
    ),
    path(
        "initiatives/<slug:address>/implementations/<int:part>/remove/",
        views.ImplementationRemove.as_view(),
        name="implementation-remove",
    ),
]
