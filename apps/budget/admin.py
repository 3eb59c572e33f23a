"""The lists of the budget."""

from django.contrib import admin

from apps.budget.models import (
    Account,
    AnchorTitle,
    BackwardStep,
    BudgetItem,
    BudgetStage,
    ExpenseHint,
    ExpenseItem,
    ExpenseSubitem,
    GrantGeneration,
    GrantGenerationType,
    ReviewCriterion,
)


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin):
    list_display = ("code", "name", "kind")


@admin.register(BackwardStep)
class BackwardStepAdmin(admin.ModelAdmin):
    list_display = ("order", "name", "anchor", "workdays", "duration", "responsible")


@admin.register(AnchorTitle)
class AnchorTitleAdmin(admin.ModelAdmin):
    list_display = ("anchor", "kind", "title")


@admin.register(BudgetItem)
class BudgetItemAdmin(admin.ModelAdmin):
    list_display = ("account", "kan", "kan_name", "kou", "kou_name", "moku", "moku_name")


@admin.register(BudgetStage)
class BudgetStageAdmin(admin.ModelAdmin):
    list_display = ("order", "name")


@admin.register(ExpenseItem)
class ExpenseItemAdmin(admin.ModelAdmin):
    list_display = ("item_number", "name", "from_year", "to_year")


@admin.register(ExpenseSubitem)
class ExpenseSubitemAdmin(admin.ModelAdmin):
    list_display = ("item_name", "order", "name")


@admin.register(ExpenseHint)
class ExpenseHintAdmin(admin.ModelAdmin):
    list_display = ("order", "words", "item_name", "subitem_name", "advice")


@admin.register(ReviewCriterion)
class ReviewCriterionAdmin(admin.ModelAdmin):
    list_display = ("order", "code", "name", "max_points")


class GrantGenerationTypeInline(admin.TabularInline):
    model = GrantGenerationType
    extra = 0


@admin.register(GrantGeneration)
class GrantGenerationAdmin(admin.ModelAdmin):
    list_display = ("order", "generation", "name", "national_budget", "amount_oku")
    inlines = (GrantGenerationTypeInline,)
