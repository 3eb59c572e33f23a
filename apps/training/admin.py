"""The lists that describe training: profiles, the digital skill standard, levels of evaluation."""

from django.contrib import admin

from apps.training.models import EvaluationLevel, LiteracyArea, SkillRole, SkillType, TalentProfile


@admin.register(TalentProfile)
class TalentProfileAdmin(admin.ModelAdmin):
    list_display = ("order", "code", "name", "description")


@admin.register(SkillType)
class SkillTypeAdmin(admin.ModelAdmin):
    list_display = ("order", "name")


@admin.register(SkillRole)
class SkillRoleAdmin(admin.ModelAdmin):
    list_display = ("skill_type", "order", "name")


@admin.register(LiteracyArea)
class LiteracyAreaAdmin(admin.ModelAdmin):
    list_display = ("order", "name")


@admin.register(EvaluationLevel)
class EvaluationLevelAdmin(admin.ModelAdmin):
    list_display = ("level", "name")
