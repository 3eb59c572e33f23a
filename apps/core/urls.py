from django.urls import path

from apps.core import views

app_name = "core"

urlpatterns = [
    path("", views.JobList.as_view(), name="job-list"),
    path("<uuid:uid>/", views.JobDetail.as_view(), name="job-detail"),
    path("<uuid:uid>/state.json", views.JobStateNow.as_view(), name="job-state"),
    path("<uuid:uid>/cancel/", views.JobCancel.as_view(), name="job-cancel"),
]
