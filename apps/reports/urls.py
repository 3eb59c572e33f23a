from django.urls import path

from apps.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.ReportList.as_view(), name="report-list"),
    path("figures/", views.FigureDefinitions.as_view(), name="figures"),
    path("<slug:address>/", views.ReportDetail.as_view(), name="report-detail"),
    path("<slug:address>/draft/", views.DraftMake.as_view(), name="draft-make"),
    path("<slug:address>/drafts/<int:number>/", views.DraftDetail.as_view(), name="draft-detail"),
    path("<slug:address>/drafts/<int:number>/<slug:kind>/", views.DraftFileDownload.as_view(), name="draft-file"),
]
