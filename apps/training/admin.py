"""The lists that describe training: profiles, the digital skill standard, levels of evaluation."""

from typing import Any

from django.contrib import admin
from django.forms import ModelChoiceField

from apps.training.models import EvaluationLevel, LiteracyArea, Skill, SkillRole, SkillStandard, SkillType


class _TypeChoice(ModelChoiceField):
    """Types of the same name are told apart by the version to which they belong."""

    def label_from_instance(self, kind: Any) -> str:
        return f"{kind}（{kind.standard}）"


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
    list_display = ("skill_type", "order", "name", "skill_type__standard")
    list_select_related = ("skill_type__standard",)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "skill_type":
            types = SkillType.objects.select_related("standard").order_by("-standard__is_current", "standard", "order")
            kwargs |= {"form_class": _TypeChoice, "queryset": types}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(LiteracyArea)
class LiteracyAreaAdmin(admin.ModelAdmin):
    list_display = ("order", "name", "standard")


@admin.register(EvaluationLevel)
class EvaluationLevelAdmin(admin.ModelAdmin):
    list_display = ("level", "name")
