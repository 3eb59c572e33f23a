from django.urls import path

from apps.core import notice_views, views
from apps.core.talk import views as talk

app_name = "core"

urlpatterns = [
    path("jobs/", views.JobList.as_view(), name="job-list"),
    path("jobs/<uuid:uid>/", views.JobDetail.as_view(), name="job-detail"),
    path("jobs/<uuid:uid>/state.json", views.JobStateNow.as_view(), name="job-state"),
    path("jobs/<uuid:uid>/cancel/", views.JobCancel.as_view(), name="job-cancel"),
    path("notices/", notice_views.NoticeList.as_view(), name="notice-list"),
    path("notices/read/", notice_views.NoticeReadAll.as_view(), name="notice-read-all"),
    path("notices/<int:pk>/read/", notice_views.NoticeRead.as_view(), name="notice-read"),
    path("notices/<int:pk>/open/", notice_views.NoticeOpen.as_view(), name="notice-open"),
    path("notices/watching/", notice_views.WatchList.as_view(), name="watch-list"),
    path("notices/watching/<int:pk>/stop/", notice_views.WatchStop.as_view(), name="watch-stop"),
    path("talk/people.json", talk.PeopleOffered.as_view(), name="people-offered"),
    path("talk/comments/<uuid:uid>/withdraw/", talk.CommentWithdraw.as_view(), name="comment-withdraw"),
    path("talk/files/<uuid:uid>/", talk.AttachmentDownload.as_view(), name="attachment-download"),
    path("talk/files/<uuid:uid>/withdraw/", talk.AttachmentWithdraw.as_view(), name="attachment-withdraw"),
    path("talk/<str:kind>/<uuid:uid>/", talk.CommentList.as_view(), name="comment-list"),
    path("talk/<str:kind>/<uuid:uid>/comment/", talk.CommentAdd.as_view(), name="comment-add"),
    path("talk/<str:kind>/<uuid:uid>/attach/", talk.AttachmentAdd.as_view(), name="attachment-add"),
    path("talk/<str:kind>/<uuid:uid>/watch/", talk.RecordWatch.as_view(), name="record-watch"),
    path("talk/<str:kind>/<uuid:uid>/unwatch/", talk.RecordUnwatch.as_view(), name="record-unwatch"),
]
