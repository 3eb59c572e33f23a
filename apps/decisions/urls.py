from django.urls import path

from apps.decisions import views

app_name = "decisions"

urlpatterns = [
    path("", views.MeetingList.as_view(), name="meeting-list"),
    path("meetings/<slug:address>/", views.MeetingDetail.as_view(), name="meeting-detail"),
    path("directives/", views.DirectiveList.as_view(), name="directive-list"),
    path("directives/<slug:address>/", views.DirectiveDetail.as_view(), name="directive-detail"),
    path("policies/<slug:address>/record/", views.DecisionRecord.as_view(), name="decision-record"),
    path("list/", views.DecisionList.as_view(), name="decision-list"),
]
