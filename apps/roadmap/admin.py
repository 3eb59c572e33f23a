"""The comprehensive plan, which the city council sets and administrators copy."""

from django.contrib import admin

from apps.roadmap.models import ComprehensivePlan, ComprehensivePlanItem


@admin.register(ComprehensivePlan)
class ComprehensivePlanAdmin(admin.ModelAdmin):
    list_display = ("name", "from_year", "to_year")


@admin.register(ComprehensivePlanItem)
class ComprehensivePlanItemAdmin(admin.ModelAdmin):
    list_display = ("code", "name", "plan")
    list_filter = ("plan",)
