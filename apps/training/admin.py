"""The lists that describe training: profiles, the digital skill standard, levels of evaluation."""

from django.contrib import admin

from apps.training.models import EvaluationLevel, LiteracyArea, Skill, SkillRole, SkillStandard, SkillType


@admin.register(SkillStandard)
class SkillStandardAdmin(admin.ModelAdmin):
    list_display = ("name", "version", "published_on", "checked_on", "is_current")


@admin.register(Skill)
class SkillAdmin(admin.ModelAdmin):
    list_display = ("order", "category", "name", "standard")


@admin.register(SkillType)
class SkillTypeAdmin(admin.ModelAdmin):
    list_display = ("order", "name", "standard")


@admin.register(SkillRole)
class SkillRoleAdmin(admin.ModelAdmin):
    list_display = ("skill_type", "order", "name")


@admin.register(LiteracyArea)
class LiteracyAreaAdmin(admin.ModelAdmin):
    list_display = ("order", "name", "standard")


@admin.register(EvaluationLevel)
class EvaluationLevelAdmin(admin.ModelAdmin):
    list_display = ("level", "name")
