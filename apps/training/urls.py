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
    path("my-record/", views.MyRecord.as_view(), name="my-record"),
    path("people/", views.PeopleList.as_view(), name="people-list"),
    path("selected-people/", views.PeopleChange.as_view(), name="people-change"),
    path("people/<str:number>/", views.PersonDetail.as_view(), name="person-detail"),
    path("people/<str:number>/candidacies/name/", views.CandidateName.as_view(), name="candidate-name"),
    path(
        "people/<str:number>/candidacies/<int:part>/withdraw/",
        views.CandidacyWithdraw.as_view(),
        name="candidacy-withdraw",
    ),
    path("people/<str:number>/recognise/", views.PersonRecognise.as_view(), name="person-recognise"),
    path("people/<str:number>/skills/record/", views.SkillRecordPage.as_view(), name="skill-record"),
    path("people/<str:number>/skills/<int:part>/withdraw/", views.SkillWithdraw.as_view(), name="skill-withdraw"),
    path("recognitions/<slug:address>/end/", views.RecognitionEnd.as_view(), name="recognition-end"),
    path("recognitions/<slug:address>/place/", views.PersonPlace.as_view(), name="person-place"),
    path("recognitions/<slug:address>/end-placement/", views.PlacementEnd.as_view(), name="placement-end"),
    path("transfers/", views.TransferList.as_view(), name="transfer-list"),
    path("transfers/record/", views.TransferRecord.as_view(), name="transfer-record"),
    path("transfers/<slug:address>/withdraw/", views.TransferWithdraw.as_view(), name="transfer-withdraw"),
    path("sessions/<slug:address>/enrol/", views.SessionEnrol.as_view(), name="session-enrol"),
    path("sessions/<slug:address>/enrol-person/", views.SessionEnrolPerson.as_view(), name="session-enrol-person"),
    path("sessions/<slug:address>/invite/", views.SessionInvite.as_view(), name="session-invite"),
    path("sessions/<slug:address>/roll/", views.SessionRoll.as_view(), name="session-roll"),
    path("sessions/<slug:address>/roll/form/", views.SessionRollForm.as_view(), name="session-roll-form"),
    path("sessions/<slug:address>/roll/upload/", views.SessionRollUpload.as_view(), name="session-roll-upload"),
    path(
        "sessions/<slug:address>/roll/upload/<uuid:uid>/",
        views.SessionRollPreview.as_view(),
        name="session-roll-preview",
    ),
    path("enrolments/<slug:address>/", views.EnrolmentDetail.as_view(), name="enrolment-detail"),
    path("enrolments/<slug:address>/withdraw/", views.EnrolmentWithdraw.as_view(), name="enrolment-withdraw"),
    path("enrolments/<slug:address>/decline/", views.EnrolmentDecline.as_view(), name="enrolment-decline"),
    path("enrolments/<slug:address>/follow-up/", views.EnrolmentFollowUp.as_view(), name="enrolment-follow-up"),
    path("enrolments/<slug:address>/certificate/", views.EnrolmentCertificate.as_view(), name="enrolment-certificate"),
]
