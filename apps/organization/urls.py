from django.urls import path

from apps.organization.views import survey, units, workload

app_name = "organization"

urlpatterns = [
    path("units/", units.UnitList.as_view(), name="unit-list"),
    path("units/reorganize/", units.ReorganizationChoice.as_view(), name="reorganize"),
    path("units/reorganize/<slug:kind>/", units.Reorganize.as_view(), name="reorganize-unit"),
    path("workload/", workload.WorkloadList.as_view(), name="workload-list"),
    path("workload/compare/", workload.WorkloadCompare.as_view(), name="workload-compare"),
    path("workload/form.xlsx", survey.SurveyForm.as_view(), name="workload-form"),
    path("workload/upload/", survey.SurveyUpload.as_view(), name="workload-upload"),
    path("workload/upload/<uuid:uid>/", survey.SurveyPreview.as_view(), name="workload-preview"),
    path("workload/<int:pk>/", workload.WorkloadDetail.as_view(), name="workload-detail"),
]
