"""Django's admin holds lists and settings only; records change through services."""

from django.contrib import admin

from apps.organization.models import CalendarEvent, City, FiscalYearRules

admin.site.site_header = admin.site.site_title = "DX推進ポータル"


@admin.register(City)
class CityAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "prefecture")


@admin.register(FiscalYearRules)
class FiscalYearRulesAdmin(admin.ModelAdmin):
    list_display = (
        "fiscal_year",
        "expenditure_rounding",
        "expenditure_per",
        "subsidy_rounding",
        "bond_unit_k",
    )


@admin.register(CalendarEvent)
class CalendarEventAdmin(admin.ModelAdmin):
    list_display = ("date", "title", "kind")
    list_filter = ("kind",)
