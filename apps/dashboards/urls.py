from django.urls import path

from apps.dashboards import views

app_name = "dashboards"

urlpatterns = [
    path("", views.MyWork.as_view(), name="my-work"),
    path("dashboard/", views.Headquarters.as_view(), name="headquarters"),
]
