"""What stands between the portal and the finance system: the year's acts, its files, the city's own forms."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import AmountBasis, FileEncoding
from apps.budget.models.lists import BudgetStage
from apps.core.fiscal import FiscalYearField
from apps.core.models import Record, SourcedModel
from apps.core.text import PlainCharField
from apps.organization.models import User


@pghistory.track()
class BudgetYear(SourcedModel):
    """One year's budget as a whole: when the result of the appraisal was told 内示, and what an hour of staff costs.

    Until `disclosed_on` the amounts under appraisal are open to the finance section and the head of headquarters alone.
    """

    fiscal_year = FiscalYearField(_("Fiscal year"), unique=True)
    disclosed_on = models.DateField(_("Result told on"), null=True, blank=True, editable=False)
    hour_yen = models.PositiveIntegerField(_("Cost of an hour of staff (yen)"), null=True, blank=True)
    hour_basis = PlainCharField(_("Basis of that"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Budget of a year")
        verbose_name_plural = _("Budgets of years")
        ordering = ["-fiscal_year"]

    def __str__(self) -> str:
        return str(self.fiscal_year)


class FinanceImport(models.Model):
    """A file of the finance system that was taken over: the amounts of 事業コード × 節 on one basis."""

    uid = models.UUIDField(unique=True, editable=False)
    fiscal_year = FiscalYearField(_("Fiscal year"))
    basis = models.CharField(_("What it holds"), max_length=10, choices=AmountBasis.choices)
    stage = models.ForeignKey(
        BudgetStage, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Stage")
    )
    name = PlainCharField(_("File name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(_("Rows"))
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Imported by"))
    taken_at = models.DateTimeField(_("Taken over at"))

    class Meta:
        verbose_name = _("File of the finance system")
        verbose_name_plural = _("Files of the finance system")
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(basis=AmountBasis.STAGE, stage__isnull=False)
                | (~Q(basis=AmountBasis.STAGE) & Q(stage__isnull=True)),
                name="finance_import_names_its_stage",
                violation_error_message=_("Name the stage of the amounts, and only then."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class FinanceAmount(models.Model):
    """One row of such a file, as it stood there, in 千円."""

    taken = models.ForeignKey(FinanceImport, on_delete=models.CASCADE, related_name="amounts")
    row = models.PositiveIntegerField(_("Row"))
    project_code = models.CharField(_("Project code"), max_length=20)
    project_name = PlainCharField(_("Project"), max_length=200, blank=True)
    item_number = models.PositiveSmallIntegerField(_("Number of the expense item"))
    amount_k = models.PositiveBigIntegerField(_("Amount (thousand yen)"))
    comment = PlainCharField(_("Comment"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("Amount of the finance system")
        verbose_name_plural = _("Amounts of the finance system")
        ordering = ["project_code", "item_number"]
        constraints = [
            models.UniqueConstraint(fields=["taken", "project_code", "item_number"], name="one_finance_amount_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.project_code} {self.item_number}: {self.amount_k}"


@pghistory.track()
class FinanceFileFormat(Record):
    """How the finance system of this city writes and reads files: names of columns, encoding, unit."""

    name = PlainCharField(
        _("Name"),
        max_length=100,
        unique=True,
        error_messages={"unique": _("Another format has this name.")},
    )
    encoding = models.CharField(_("Encoding"), max_length=10, choices=FileEncoding.choices, default=FileEncoding.CP932)
    delimiter = models.CharField(_("Separator"), max_length=1, default=",")
    has_header = models.BooleanField(_("First row holds the names of the columns"), default=True)
    amounts_in_yen = models.BooleanField(_("Amounts are in yen"), default=False)
    columns = ArrayField(models.CharField(max_length=100), verbose_name=_("Columns of the upload"), default=list)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("File format of the finance system")
        verbose_name_plural = _("File formats of the finance system")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('budget:request-upload')}?format={self.uid}"


@pghistory.track(exclude=["content"])
class RequestForm(models.Model):
    """The city's own .xlsx form of the budget request, with placeholders that the portal fills."""

    uid = models.UUIDField(unique=True, editable=False)
    name = PlainCharField(_("Name"), max_length=100)
    file_name = PlainCharField(_("File name"), max_length=255)
    content = models.BinaryField(_("File"))
    sha256 = models.CharField(max_length=64)
    from_year = FiscalYearField(_("From fiscal year"), null=True, blank=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Uploaded by"))
    taken_at = models.DateTimeField(_("Uploaded at"))
    archived_at = models.DateTimeField(_("Archived at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("Form of the budget request")
        verbose_name_plural = _("Forms of the budget request")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("budget:form-detail", args=[self.uid])
