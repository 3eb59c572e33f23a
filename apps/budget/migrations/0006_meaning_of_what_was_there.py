"""Says of what was there before what it means now."""

from decimal import Decimal, InvalidOperation

from django.db import migrations
from django.db.models import F

# The words of the demo city's list, and of most cities' 予算編成要領.
STAGES = {
    "起案": "draft",
    "課長確認": "section",
    "部内調整": "department",
    "導入計画書の事前審査": "pre_review",
    "要求提出": "request",
    "財政課ヒアリング": "hearing",
    "財政課長査定": "appraisal",
    "財務部長査定": "appraisal",
    "市長査定": "appraisal",
    "内示": "notice",
    "復活要求": "revival",
    "復活査定": "revival_appraisal",
    "予算案確定": "fixed",
    "議案提出": "bill",
    "議決": "voted",
    "不採択・取下げ": "dropped",
}
MONEY = {"国庫交付金": "national", "県補助金": "prefecture", "特別交付税": "allocation", "起債": "bond"}


def say_what_it_means(apps, schema_editor):
    model = lambda name: apps.get_model("budget", name)
    for name, kind in STAGES.items():
        model("BudgetStage").objects.filter(name=name).update(kind=kind)
    for kind, money in MONEY.items():
        model("GrantProgramme").objects.filter(kind=kind).update(money=money)
    model("IntroductionPlan").objects.exclude(result="").update(status="reviewed", submitted_on=F("reviewed_on"))
    model("IntroductionPlan").objects.filter(result="returned").update(status="returned")
    model("Funding").objects.filter(source__in=["national", "prefecture"]).update(if_not_adopted="as_written")
    for line in model("RequestLine").objects.exclude(subitem=""):
        line.cost_lines.update(subitem=line.subitem)
    for grant in model("GrantProgramme").objects.all():
        _write_checklist(grant)


def _write_checklist(grant):
    rows = [{"text": text[:300]} for text in grant.requirements]
    for each in grant.computed_requirements:
        values = {"city_value": _decimal(each.get("city_percent")), "least": _decimal(each.get("minimum_percent"))}
        rows.append({"text": each.get("name", "")[:300], "unit": "%", "checked_on": grant.checked_on, **values})
    for order, row in enumerate(rows, start=1):
        grant.checklist.create(order=order, **row)


def _decimal(value):
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


class Migration(migrations.Migration):

    dependencies = [("budget", "0005_request_in_full")]

    operations = [migrations.RunPython(say_what_it_means, migrations.RunPython.noop)]
