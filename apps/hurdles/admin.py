"""The lists that describe hurdles."""

from django.contrib import admin

from apps.hurdles.models import Category, LegalLevel, Theme


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ("order", "code", "name")


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin):
    list_display = ("order", "name")


@admin.register(LegalLevel)
class LegalLevelAdmin(admin.ModelAdmin):
    list_display = ("order", "name", "changed_by", "route")
