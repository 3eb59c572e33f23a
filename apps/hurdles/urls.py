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
    path("<slug:address>/endorse/", views.HurdleEndorse.as_view(), name="hurdle-endorse"),
    path("<slug:address>/endorsements/<int:voice>/", views.EndorsementChange.as_view(), name="endorsement-change"),
    path(
        "<slug:address>/endorsements/<int:voice>/withdraw/",
        views.EndorsementWithdraw.as_view(),
        name="endorsement-withdraw",
    ),
]
