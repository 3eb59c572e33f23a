"""The picture from the request to the budget: which bars stand there, and that nothing is written over."""

from types import SimpleNamespace

from apps.budget.selectors.waterfall import Step, waterfall, year_steps


def stages(*names: str) -> list[SimpleNamespace]:
    return [SimpleNamespace(name=name) for name in names]


def test_stages_at_which_nothing_changed_are_one_bar() -> None:
    names = ("要求提出", "財政課長査定", "市長査定", "内示", "復活査定", "予算案確定", "議決")
    steps = year_steps(stages(*names), (318_086, 310_794, 310_794, 310_794, 312_059, 312_059, 312_059))
    assert [(step.name, step.value_k) for step in steps] == [
        ("要求提出", 318_086),
        ("増減", -7_292),
        ("財政課長査定～内示", 310_794),
        ("増減", 1_265),
        ("復活査定～議決", 312_059),
    ]
    picture = waterfall(steps)
    assert picture
    assert (
        picture.words == "要求提出 318,086、増減 △7,292、財政課長査定～内示 310,794、増減 1,265、復活査定～議決 312,059"
    )


def test_without_a_change_there_is_no_picture() -> None:
    assert waterfall(year_steps(stages("要求提出", "財政課ヒアリング"), (15_750, 15_750))) is None


def test_the_amount_of_a_bar_that_reaches_the_axis_stands_above_it() -> None:
    picture = waterfall([Step("要求", 924, True), Step("備品購入費", -924, False), Step("市長査定", 0, True)])
    assert picture
    fall = picture.bars[1]
    assert fall.y + fall.height == picture.base
    assert fall.text_y < fall.y
    half = waterfall([Step("要求", 1_000, True), Step("委託料", -100, False), Step("市長査定", 900, True)])
    assert half
    assert half.bars[1].y + half.bars[1].height < half.bars[1].text_y < half.base
