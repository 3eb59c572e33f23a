from django.urls import path

from apps.city import views

app_name = "city"

urlpatterns = [
    path("", views.HandoverList.as_view(), name="handover-list"),
    path("<slug:number>/", views.HandoverDetail.as_view(), name="handover-detail"),
    path("<slug:number>/paper.<slug:kind>", views.HandoverFile.as_view(), name="handover-file"),
]
