from django.urls import path

from apps.core.lists import views

app_name = "lists"

urlpatterns = [
    path("columns/", views.ColumnsKeep.as_view(), name="columns-keep"),
    path("searches/", views.SearchList.as_view(), name="search-list"),
    path("searches/save/", views.SearchSave.as_view(), name="search-save"),
    path("searches/<uuid:uid>/", views.SearchOpen.as_view(), name="search-open"),
    path("searches/<uuid:uid>/change/", views.SearchChange.as_view(), name="search-change"),
]
