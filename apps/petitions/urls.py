from django.urls import path

from apps.petitions import views

app_name = "petitions"

urlpatterns = [
    path("", views.PetitionList.as_view(), name="petition-list"),
    path("<slug:address>/", views.PetitionDetail.as_view(), name="petition-detail"),
]
