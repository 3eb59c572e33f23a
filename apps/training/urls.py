from django.urls import path

from apps.training import views

app_name = "training"

urlpatterns = [
    path("", views.Overview.as_view(), name="overview"),
    path("plans/", views.PlanList.as_view(), name="plan-list"),
    path("plans/<slug:address>/", views.PlanDetail.as_view(), name="plan-detail"),
    path("courses/", views.CourseList.as_view(), name="course-list"),
    path("courses/<slug:address>/", views.CourseDetail.as_view(), name="course-detail"),
    path("sessions/", views.SessionList.as_view(), name="session-list"),
    path("sessions/<slug:address>/", views.SessionDetail.as_view(), name="session-detail"),
]
