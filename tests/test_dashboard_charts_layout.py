from dashboard.charts.layout import wrap_label


def test_a_long_name_is_broken_evenly_and_clipped():
    assert wrap_label("货物购置类项目（服装制服）", 11) == "货物购置类项目<br>（服装制服）"
    assert wrap_label("综合经费", 11) == "综合经费"
    lines = wrap_label("长" * 60, 11).split("<br>")
    assert [len(line) for line in lines] == [11, 11]
    assert lines[1].endswith("…")


def test_no_number_or_bracket_is_torn_between_two_lines():
    assert wrap_label("1000—5000 万元", 11) == "1000—<br>5000 万元"
    for text in ("政务服务中心（第12345期）的改造", "关于“一网统管”试点的2024年运行维护"):
        first, second = wrap_label(text, 11).split("<br>")
        assert first[-1] not in "（“" and second[0] not in "）”"
        assert not (first[-1].isdigit() and second[0].isdigit())


def test_a_name_cannot_bring_markup_into_a_chart():
    assert "<" not in wrap_label("<b>名称</b>", 11)
