"""Reports with a chapter."""

import factory

from apps.reports.choices import ChapterSource, ReportKind
from apps.reports.models import Report, ReportChapter


class ReportFactory(factory.django.DjangoModelFactory):
    """A mid-year report of fiscal 2022 that is being prepared."""

    class Meta:
        model = Report

    kind = ReportKind.MID_YEAR
    fiscal_year = 2022
    title = "令和4年度中間報告"


class ReportChapterFactory(factory.django.DjangoModelFactory):
    """A chapter about hurdles."""

    class Meta:
        model = ReportChapter

    report = factory.SubFactory(ReportFactory)
    order = factory.Sequence(lambda n: n + 1)
    title = "全庁的なハードルと方針"
    source = ChapterSource.HURDLES
