from dashboard.html import resubmission
from dashboard.returns.change_requests import ChangeRequest, Resolution


def became(status="未改", path="indicators[0].annual", now="", message="没有数值", **more):
    fields = {
        "about": "办结率",
        "quote": "良好",
        "message": "没有数值",
        "path": "indicators[0].annual",
        "cell": "F9",
    }
    point = ChangeRequest("k", "项目", "M01", "中", "质量", **fields | more)
    return Resolution(status, point, path, now, message)


def test_what_is_still_wrong_comes_first_and_leads_to_its_cell():
    html = resubmission.project("甲", [became("已改", now="≥90%"), became("新增"), became()], "k:3:")
    marks = [html.index(f'<li class="{kind}"') for kind in ("same", "new", "mended")]
    assert marks == sorted(marks) and html.count('data-value="k:3:indicators[0].annual"') == 3
    assert "“良好” → “≥90%”" in html


def test_another_text_that_still_fails_is_shown():
    assert "改为“优秀”，仍" in resubmission.project("甲", [became(now="优秀")], "")


def test_a_project_without_any_change_is_folded():
    assert '<details class="became">' in resubmission.project("甲", [became()], "")
    assert '<details class="became" open>' in resubmission.project("甲", [became(), became("已改")], "")


def test_texts_from_files_are_escaped():
    evil = "<img src=x>\"'"
    html = resubmission.project(
        evil, [became(path=evil, now=evil, message=evil, about=evil, quote=evil)], evil
    )
    assert "<img" not in html and "\"'" not in html


def test_the_summary_counts_all():
    said = resubmission.summary([became(), became(), became("已改")])
    assert [int(one) for one in "".join(c if c.isdigit() else " " for c in said).split()] == [3, 1, 2, 0]
