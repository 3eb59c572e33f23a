from django.urls import URLPattern, path

from apps.roadmap import views

app_name = "roadmap"


def _indicators(kind: str, where: str) -> list[URLPattern]:
    """The pages about the indicators of a vision or of an initiative."""
    noun = kind.title()
    pages = (
        ("add/", f"{noun}IndicatorAdd", "indicator-add"),
        ("<int:part>/", f"{noun}IndicatorChange", "indicator-change"),
        ("<int:part>/remove/", f"{noun}IndicatorRemove", "indicator-remove"),
        ("<int:part>/actuals/", f"{noun}ActualRecord", "actual-record"),
    )
    return [
        path(f"{where}/<slug:address>/indicators/{end}", getattr(views, view).as_view(), name=f"{kind}-{name}")
        for end, view, name in pages
    ]


urlpatterns = [
    path("", views.Overview.as_view(), name="overview"),
    path("way/", views.WayToVisions.as_view(), name="way"),
    path("visions/", views.VisionList.as_view(), name="vision-list"),
    path("visions/new/", views.VisionCreate.as_view(), name="vision-create"),
    path("visions/hold-back/", views.VisionHoldBack.as_view(), name="vision-hold-back"),
    path("visions/<slug:address>/edit/", views.VisionEdit.as_view(), name="vision-edit"),
    path("visions/<slug:address>/archive/", views.VisionArchive.as_view(), name="vision-archive"),
    path("visions/<slug:address>/hurdles/", views.VisionHurdles.as_view(), name="vision-hurdles"),
    path(
        "visions/<slug:address>/hurdles/<str:hurdle>/remove/",
        views.VisionHurdleRemove.as_view(),
        name="vision-hurdle-remove",
    ),
    *_indicators("vision", "visions"),
    path("visions/<slug:address>/", views.VisionDetail.as_view(), name="vision-detail"),
    path("plan/", views.PlanItemList.as_view(), name="plan-item-list"),
    path("coverage/", views.Coverage.as_view(), name="coverage"),
    path("indicators/", views.IndicatorList.as_view(), name="indicator-list"),
    path("policies/", views.PolicyList.as_view(), name="policy-list"),
    path("policies/new/", views.PolicyCreate.as_view(), name="policy-create"),
    path("policies/<slug:address>/", views.PolicyDetail.as_view(), name="policy-detail"),
    path("implementations/", views.ImplementationList.as_view(), name="implementation-list"),
    path("policies/<slug:address>/edit/", views.PolicyEdit.as_view(), name="policy-edit"),
    path("policies/<slug:address>/archive/", views.PolicyArchive.as_view(), name="policy-archive"),
    path("policies/<slug:address>/review/", views.PolicyReview.as_view(), name="policy-review"),
    path("policies/<slug:address>/return/", views.PolicyReturn.as_view(), name="policy-return"),
    path(
        "policies/<slug:address>/bring-into-force/",
        views.PolicyBringIntoForce.as_view(),
        name="policy-bring-into-force",
    ),
    path("policies/<slug:address>/achieve/", views.PolicyAchieve.as_view(), name="policy-achieve"),
    path("policies/<slug:address>/withdraw/", views.PolicyWithdraw.as_view(), name="policy-withdraw"),
    path("policies/<slug:address>/resume/", views.PolicyResume.as_view(), name="policy-resume"),
    path("policies/<slug:address>/versions/write/", views.PolicyWriteText.as_view(), name="policy-write-text"),
    path("policies/<slug:address>/versions/compare/", views.PolicyCompare.as_view(), name="policy-compare"),
    path("policies/<slug:address>/hurdles/add/", views.PolicyLinkHurdles.as_view(), name="policy-link-hurdles"),
    path(
        "policies/<slug:address>/hurdles/<slug:hurdle>/remove/",
        views.PolicyUnlinkHurdle.as_view(),
        name="policy-unlink-hurdle",
    ),
    path("policies/<slug:address>/units/bind/", views.PolicyBindUnits.as_view(), name="policy-bind-units"),
    path("policies/<slug:address>/units/release/", views.PolicyReleaseUnits.as_view(), name="policy-release-units"),
    path("policies/<slug:address>/adopt/", views.PolicyAdopt.as_view(), name="policy-adopt"),
    path(
        "policies/<slug:address>/units/<int:link>/undo/",
        views.PolicyUndoAdoption.as_view(),
        name="policy-undo-adoption",
    ),
    path("initiatives/", views.InitiativeList.as_view(), name="initiative-list"),
    path("initiatives/new/", views.InitiativeCreate.as_view(), name="initiative-create"),
    *_indicators("initiative", "initiatives"),
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
