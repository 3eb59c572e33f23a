from django.urls import path

from apps.hurdles import views

app_name = "hurdles"

urlpatterns = [
    path("", views.HurdleList.as_view(), name="hurdle-list"),
    path("new/", views.HurdleLog.as_view(), name="hurdle-log"),
    path("<slug:address>/", views.HurdleDetail.as_view(), name="hurdle-detail"),
    path("<slug:address>/edit/", views.HurdleEdit.as_view(), name="hurdle-edit"),
    path("<slug:address>/submit/", views.HurdleSubmit.as_view(), name="hurdle-submit"),
    path("<slug:address>/organize/", views.HurdleOrganize.as_view(), name="hurdle-organize"),
    path("<slug:address>/return/", views.HurdleReturn.as_view(), name="hurdle-return"),
]
