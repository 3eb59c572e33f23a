from django.urls import path

from apps.reviews import views

app_name = "reviews"

urlpatterns = [
    path("", views.ReflectionList.as_view(), name="reflection-list"),
    path("<slug:address>/", views.ReflectionDetail.as_view(), name="reflection-detail"),
]
