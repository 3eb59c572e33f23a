from django.urls import path

from apps.hurdles import views

app_name = "hurdles"

urlpatterns = [
    path("", views.HurdleList.as_view(), name="hurdle-list"),
    path("new/", views.HurdleLog.as_view(), name="hurdle-log"),
    path("similar/", views.SimilarHurdles.as_view(), name="hurdle-similar"),
    path("common/", views.CommonHurdleList.as_view(), name="common-hurdle-list"),
    path("common/<slug:address>/", views.CommonHurdleDetail.as_view(), name="common-hurdle-detail"),
    path("solved/", views.SolvedCaseList.as_view(), name="solved-case-list"),
    path("solved/<slug:address>/", views.SolvedCaseDetail.as_view(), name="solved-case-detail"),
    path("<slug:address>/", views.HurdleDetail.as_view(), name="hurdle-detail"),
    path("<slug:address>/edit/", views.HurdleEdit.as_view(), name="hurdle-edit"),
    path("<slug:address>/submit/", views.HurdleSubmit.as_view(), name="hurdle-submit"),
    path("<slug:address>/organize/", views.HurdleOrganize.as_view(), name="hurdle-organize"),
    path("<slug:address>/return/", views.HurdleReturn.as_view(), name="hurdle-return"),
    path("<slug:address>/view/ask/", views.OwnerViewAsk.as_view(), name="owner-view-ask"),
    path("<slug:address>/view/answer/", views.OwnerViewAnswer.as_view(), name="owner-view-answer"),
    path("<slug:address>/endorse/", views.HurdleEndorse.as_view(), name="hurdle-endorse"),
    path("<slug:address>/endorsements/<int:voice>/", views.EndorsementChange.as_view(), name="endorsement-change"),
    path(
        "<slug:address>/endorsements/<int:voice>/withdraw/",
        views.EndorsementWithdraw.as_view(),
        name="endorsement-withdraw",
    ),
    path("<slug:address>/bases/add/", views.LegalBasisAdd.as_view(), name="legal-basis-add"),
    path("<slug:address>/bases/<int:part>/", views.LegalBasisChange.as_view(), name="legal-basis-change"),
    path("<slug:address>/bases/<int:part>/remove/", views.LegalBasisRemove.as_view(), name="legal-basis-remove"),
    path("<slug:address>/examples/add/", views.CityExampleAdd.as_view(), name="city-example-add"),
    path("<slug:address>/examples/<int:part>/", views.CityExampleChange.as_view(), name="city-example-change"),
    path("<slug:address>/examples/<int:part>/remove/", views.CityExampleRemove.as_view(), name="city-example-remove"),
    path("<slug:address>/evidence/add/", views.CitizenEvidenceAdd.as_view(), name="citizen-evidence-add"),
    path("<slug:address>/evidence/<int:part>/", views.CitizenEvidenceChange.as_view(), name="citizen-evidence-change"),
    path(
        "<slug:address>/evidence/<int:part>/remove/",
        views.CitizenEvidenceRemove.as_view(),
        name="citizen-evidence-remove",
    ),
    path("<slug:address>/workload/", views.WorkloadChange.as_view(), name="workload-change"),
]
