from conftest import make_indicator, make_project

from dashboard.returns.change_requests import (
    ChangeRequest,
    ReturnManifest,
    change_request,
    change_requests,
    dump_manifest,
    parse_manifest,
    resolve_requests,
)
from parsing import Finding


def finding(rule="M01", path="indicators[0].annual", quote="良好", slot="质量", message="没有数值"):
    return Finding(
        rule=rule,
        severity="中",
        title="题",
        message=message,
        advice="改",
        path=path,
        place="",
        quote=quote,
        slot=slot,
    )


def table(*values, names="甲乙丙丁"):
    made = (make_indicator(name, annual=value) for name, value in zip(names, values, strict=False))
    return make_project(indicators=tuple(made))


def became(before, after, now):
    return [
        (one.status, one.request.about, one.path, one.now)
        for one in resolve_requests(change_requests(*before), after, now)
    ]


def test_a_point_that_is_not_found_again_is_mended_and_says_what_stands_there_now():
    before = table("良好", "良好"), [finding()]
    assert became(before, table("≥90%", "良好"), []) == [("已改", "甲", "indicators[0].annual", "≥90%")]


def test_another_text_that_fails_as_well_is_not_mended_and_is_shown():
    before = table("良好"), [finding()]
    after = table("优秀")
    assert became(before, after, [finding(quote="优秀")]) == [("未改", "甲", "indicators[0].annual", "优秀")]
    assert became(before, table("良好"), [finding()]) == [("未改", "甲", "indicators[0].annual", "")]


def test_rows_that_moved_keep_their_points():
    both = [finding(), finding(path="indicators[1].annual")]
    after = table("≥1件", "良好", "≥90%", names=("新", "甲", "乙"))
    now = [finding(path="indicators[1].annual")]
    assert became((table("良好", "良好"), both), after, now) == [
        ("未改", "甲", "indicators[1].annual", ""),
        ("已改", "乙", "indicators[2].annual", "≥90%"),
    ]


def test_an_indicator_with_a_new_name_that_still_fails_is_the_same_point():
    after = table("优秀", names=("戊",))
    assert became((table("良好"), [finding()]), after, [finding(quote="优秀")]) == [
        ("未改", "甲", "indicators[0].annual", "优秀")
    ]


def test_a_point_whose_indicator_is_gone_leads_nowhere_and_says_so():
    ((status, _, path, now),) = became((table("良好", "≥1件"), [finding()]), table("≥1件", names="乙"), [])
    assert (status, path) == ("已改", "") and now


def test_what_another_rule_finds_is_new():
    before = table("良好"), [finding()]
    now = [finding(rule="M04", quote="90")]
    assert [one[0] for one in became(before, table("90"), now)] == ["已改", "新增"]


def test_an_empty_category_that_was_filled_leads_to_its_indicator():
    missing = finding(rule="C05", path="empty[0]", quote="群众", slot="满意度")
    after = make_project(indicators=(make_indicator(), make_indicator("群众满意度", "满意度", "≥90%")))
    assert became((make_project(), [missing]), after, []) == [
        ("已改", "empty", "indicators[1]", "群众满意度　≥90%")
    ]


def test_two_points_of_one_rule_are_told_apart():
    both = [finding(), finding(quote="一般", path="indicators[0].period")]
    now = [finding(quote="较好", path="indicators[0].period")]
    assert [one[0] for one in became((table("良好"), both), table("≥90%"), now)] == ["已改", "未改"]


def test_a_slip_comes_back_as_it_was_written_and_nonsense_is_none():
    manifest = ReturnManifest("2026-11-24", "general", (change_request(table("良好"), finding()),))
    assert parse_manifest(dump_manifest(manifest)) == manifest and isinstance(
        manifest.requests[0], ChangeRequest
    )
    for text in (
        "",
        "null",
        "3",
        "[1,2]",
        '["a","b",[["too","few"]]]',
        "[" * 100_000,
        '{"a": 1, "b": 2, "c": 3}',
    ):
        assert parse_manifest(text) is None
