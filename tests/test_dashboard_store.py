"""The store: what is counted, what is kept, what comes back."""

from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from conftest import make_indicator, make_project, place

from dashboard.store import (
    Store,
    StoreConflict,
    StoreError,
    StoreMissing,
    indicator,
    open_store,
    project,
    project_key,
    repair,
    trouble,
)
from parsing import read
from parsing.model import Other, Reading, Repair, Unread


@pytest.fixture
def store(tmp_path):
    with_store = open_store(tmp_path / "store")
    yield with_store
    with_store.close()


def reading(*names: str, **more) -> Reading:
    return Reading(projects=tuple(make_project(name, **more) for name in names))


def bring(store: Store, file: str, found: Reading, sample: bool = False) -> tuple[int, int]:
    number = store.stage(file, file.encode(), found, "甲", sample)
    return number, store.confirm(number, "甲")


def counted(store: Store) -> dict[str, int]:
    frame = store.frame(sa.select(project.c.name, project.c.budget_fen).order_by(project.c.name))
    return dict(zip(frame["name"], frame["budget_fen"], strict=True))


def states(store: Store) -> list[str]:
    return store.uploads()["state"].tolist()[::-1]


def tables(store: Store) -> list:
    with store.engine.connect() as connection:
        return [
            connection.execute(sa.select(table).order_by(*table.primary_key)).all()
            for table in (project, indicator, repair, trouble)
        ]


def test_the_key_ignores_spaces_and_widths():
    plain = make_project("网统管(一期)", unit="政务中心")
    assert project_key(plain) == project_key(make_project("网统管（一期） ", unit="政务 中心"))
    assert project_key(plain) != project_key(make_project("网统管(一期)", unit="政务中心", year=2025))
    assert len(project_key(plain)) == 12


def test_a_staged_file_is_kept_and_counts_nowhere(store):
    number = store.stage("a.xlsx", b"bytes", reading("一", "二"), "甲")
    assert counted(store) == {}
    assert store.bytes_of(number) == b"bytes"
    row = store.uploads().iloc[0]
    assert (row["state"], row["projects"], row["indicators"], row["budget_fen"]) == (
        "staged",
        2,
        4,
        184_000_000,
    )


def test_confirming_counts_the_projects_and_their_rows(store):
    bring(store, "a.xlsx", reading("一", "二"))
    assert counted(store) == {"一": 92_000_000, "二": 92_000_000}
    row = store.frame(sa.select(project).where(project.c.name == "一")).iloc[0]
    assert (row["base_type"], row["sub_type"], row["end_year"]) == ("其他类", "综合工作", 2026)
    assert [row[f"s{k}"] for k in range(1, 10)] == [1, 1, 0, 0, 0, 0, 0, 0, 0]
    assert (row["file"], row["place"]) == ("a.xlsx", "甲.xlsx › Sheet1 › B2")
    assert len(store.frame(sa.select(indicator))) == 4


def test_confirming_twice_is_the_first_action(store):
    number, action = bring(store, "a.xlsx", reading("一"))
    assert store.confirm(number, "乙") == action
    assert len(store.history()) == 1


def test_a_project_comes_back_as_it_was_said(store):
    said = make_project("一", excerpt=((1, 1, 1, 2, "项目名称"),))
    bring(store, "a.xlsx", Reading(projects=(said,)))
    kept = store.project(project_key(said))
    assert kept.model_dump_json() == said.model_dump_json()


def test_a_new_table_of_a_known_project_supersedes_and_undo_restores_it(store):
    first, _ = bring(store, "a.xlsx", reading("一"))
    second, action = bring(store, "b.xlsx", reading("一", budget_yuan=Decimal("5.01")))
    assert counted(store) == {"一": 501}
    assert states(store) == ["superseded", "counted"]
    undone = store.undo(action, "甲")
    assert counted(store) == {"一": 92_000_000}
    assert states(store) == ["counted", "undone"]
    assert store.undo(undone, "甲") > undone
    assert counted(store) == {"一": 501}
    assert states(store) == ["superseded", "counted"]
    versions = store.versions(project_key(make_project("一")))
    assert versions["upload_id"].tolist() == [second, first]
    assert versions["current"].tolist() == [1, 0]
    assert store.project(project_key(make_project("一")), versions["version_id"][1]).budget_yuan == 920_000


def test_an_undone_upload_can_be_confirmed_again(store):
    number, action = bring(store, "a.xlsx", reading("一"))
    store.undo(action, "甲")
    assert (counted(store), states(store)) == ({}, ["undone"])
    assert store.confirm(number, "甲") > action
    assert (list(counted(store)), states(store)) == (["一"], ["counted"])


def test_undo_is_refused_while_a_later_change_of_the_same_project_stands(store):
    _, first = bring(store, "a.xlsx", reading("一", "二"))
    _, second = bring(store, "b.xlsx", reading("二", budget_yuan=Decimal(1)))
    before = counted(store)
    with pytest.raises(StoreConflict):
        store.undo(first, "甲")
    assert counted(store) == before
    store.undo(second, "甲")
    store.undo(first, "甲")
    assert counted(store) == {}


def test_an_undo_cannot_be_done_twice_nor_a_redo_over_later_work(store):
    number, first = bring(store, "a.xlsx", reading("一"))
    undone = store.undo(first, "甲")
    with pytest.raises(StoreConflict):
        store.undo(first, "甲")
    store.confirm(number, "甲")
    with pytest.raises(StoreConflict):
        store.undo(undone, "甲")


def test_a_redo_is_refused_when_the_earlier_action_was_undone_meanwhile(store):
    _, first = bring(store, "a.xlsx", reading("一"))
    _, second = bring(store, "b.xlsx", reading("一", budget_yuan=Decimal(1)))
    undone = store.undo(second, "甲")
    store.undo(first, "甲")
    with pytest.raises(StoreConflict):
        store.undo(undone, "甲")
    assert counted(store) == {}


def test_a_discarded_file_stays_out_until_the_discard_is_undone(store):
    number = store.stage("a.xlsx", b"a", reading("一"), "甲")
    action = store.discard(number, "甲")
    assert store.discard(number, "甲") == action
    with pytest.raises(StoreConflict):
        store.confirm(number, "甲")
    store.undo(action, "甲")
    store.confirm(number, "甲")
    assert list(counted(store)) == ["一"]
    with pytest.raises(StoreConflict):
        store.discard(number, "甲")


def test_a_withdrawn_project_comes_back_by_undo(store):
    bring(store, "a.xlsx", reading("一", "二"))
    key = project_key(make_project("一"))
    action = store.withdraw(key, "甲")
    assert list(counted(store)) == ["二"]
    with pytest.raises(StoreMissing):
        store.project(key)
    with pytest.raises(StoreMissing):
        store.withdraw(key, "甲")
    store.undo(action, "甲")
    assert sorted(counted(store)) == ["一", "二"]


def test_samples_go_in_one_action_and_leave_the_rest(store):
    bring(store, "a.xlsx", reading("一"))
    bring(store, "s.txt", reading("样一", "样二"), sample=True)
    assert store.frame(sa.select(sa.func.sum(project.c.sample).label("n")))["n"][0] == 2
    action = store.withdraw_samples("甲")
    assert list(counted(store)) == ["一"]
    assert states(store) == ["counted", "withdrawn"]
    assert store.withdraw_samples("甲") is None
    store.undo(action, "甲")
    assert len(counted(store)) == 3


def test_the_last_of_two_tables_with_one_key_counts_and_the_other_is_told(store):
    twice = Reading(projects=(make_project("一"), make_project("一", budget_yuan=Decimal(7))))
    number, _ = bring(store, "a.xlsx", twice)
    assert counted(store) == {"一": 700}
    row = store.uploads().iloc[0]
    assert (row["projects"], row["repeated"], row["budget_fen"]) == (1, 1, 700)
    assert [one.repeated for one in store.outcome(number)] == [True, False]


def test_the_outcome_names_what_is_superseded_before_and_after_confirming(store):
    bring(store, "a.xlsx", reading("一"))
    found = Reading(projects=(make_project("一"), make_project("二")))
    number = store.stage("b.xlsx", b"b", found, "甲")
    for _ in ("staged", "confirmed", "confirmed again"):
        known, fresh = store.outcome(number)
        assert (known.known.file, known.known.indicators, known.identical) == ("a.xlsx", 2, True)
        assert known.known.budget_fen == 92_000_000
        assert fresh.known is None
        store.confirm(number, "甲")
    other = store.stage("c.xlsx", b"c", reading("一", indicators=(make_indicator("别的"),)), "甲")
    assert not store.outcome(other)[0].identical


def test_the_same_bytes_twice_are_noticed_and_kept_once(store):
    first = store.stage("a.xlsx", b"same", reading("一"), "甲")
    second = store.stage("b.xlsx", b"same", reading("一"), "甲")
    assert store.uploads().set_index("id")["same_as"].to_dict() == {first: None, second: first} or (
        store.uploads().set_index("id")["same_as"].fillna(0).to_dict() == {first: 0, second: first}
    )
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM blob").scalar() == 1


def troubled() -> Reading:
    return Reading(
        projects=(make_project("一"),),
        others=(Other(kind="自评", title="自评表", place=place()),),
        unread=(Unread(code="not-a-table", place="a › Sheet2", reason="不是", remedy="请看"),),
    )


def test_troubles_stand_as_long_as_their_upload_counts(store):
    def codes() -> list[str]:
        return store.frame(sa.select(trouble.c.code).order_by(trouble.c.seq))["code"].tolist()

    number = store.stage("a.xlsx", b"a", troubled(), "甲")
    assert codes() == []
    action = store.confirm(number, "甲")
    assert codes() == ["not-a-table", "自评"]
    _, later = bring(store, "b.xlsx", reading("一"))
    assert codes() == []
    store.undo(later, "甲")
    assert codes() == ["not-a-table", "自评"]
    store.undo(action, "甲")
    assert codes() == []


def test_a_confirmed_file_without_projects_keeps_its_troubles(store):
    number, action = bring(store, "bad.xlsx", Reading(unread=troubled().unread))
    assert store.frame(sa.select(trouble.c.upload_id))["upload_id"].tolist() == [number]
    assert states(store) == ["counted"]
    store.undo(action, "甲")
    assert len(store.frame(sa.select(trouble.c.upload_id))) == 0


def test_repairs_are_rows_and_the_doubtful_are_counted(store):
    fixed = [
        Repair(
            code="shift", place=place(), before=("", "甲"), after={"name": "甲"}, reason="移位",
            confidence=sure, path="indicators[0]",
        )
        for sure in (0.95, 0.4)
    ]  # fmt: skip
    bring(store, "a.xlsx", reading("一", repairs=tuple(fixed)))
    row = store.frame(sa.select(project.c.repairs, project.c.doubtful)).iloc[0]
    assert row.tolist() == [2, 1]
    assert store.frame(sa.select(repair.c.before))["before"][0] == '["", "甲"]'


def test_the_data_version_grows_with_every_change_and_only_then(store):
    seen = [store.data_version()]
    number = store.stage("a.xlsx", b"a", reading("一"), "甲")
    seen.append(store.data_version())
    action = store.confirm(number, "甲")
    seen.append(store.data_version())
    store.confirm(number, "甲")
    assert store.data_version() == seen[-1]
    store.undo(action, "甲")
    seen.append(store.data_version())
    assert seen == sorted(set(seen))


def test_history_tells_who_did_what_and_what_undid_it(store):
    _, action = bring(store, "a.xlsx", reading("一", "二"))
    undone = store.undo(action, "乙")
    rows = store.history()
    assert rows["kind"].tolist() == ["undo", "confirm"]
    assert rows["who"].tolist() == ["乙", "甲"]
    assert rows["projects"].tolist() == [2, 2]
    assert rows["files"].tolist() == [["a.xlsx"], ["a.xlsx"]]
    assert rows["undone_by"][1] == undone and rows["stands"].tolist() == [True, False]


def test_everything_is_there_after_reopening(store, tmp_path):
    bring(store, "a.xlsx", reading("一"))
    version = store.data_version()
    store.close()
    again = open_store(tmp_path / "store")
    assert not again.is_new() and again.data_version() == version
    assert counted(again) == {"一": 92_000_000}


def test_rebuilding_gives_the_same_tables(store):
    bring(store, "a.xlsx", troubled())
    bring(store, "b.xlsx", reading("一", "二"))
    bring(store, "c.xlsx", reading("三"))
    store.withdraw(project_key(make_project("三")), "甲")
    before = tables(store)
    with store.engine.begin() as connection:
        connection.execute(sa.delete(project))
    store.rebuild()
    assert tables(store) == before


def test_a_newer_parser_reads_again_and_leaves_peoples_decisions_alone(store):
    bring(store, "a.xlsx", reading("一", "二", "三"))
    bring(store, "b.xlsx", reading("二", budget_yuan=Decimal(2)))
    store.withdraw(project_key(make_project("三")), "甲")

    def newer(file: str, data: bytes) -> Reading:
        names = ("一", "二", "三", "四") if file == "a.xlsx" else ("二",)
        return reading(*names, budget_yuan=Decimal(9 if file == "a.xlsx" else 8))

    store.rebuild(newer, "系统")
    assert counted(store) == {"一": 900, "二": 800, "四": 900}


def test_what_is_not_there_says_so(store):
    for ask in (
        lambda: store.confirm(9, "甲"),
        lambda: store.undo(9, "甲"),
        lambda: store.bytes_of(9),
        lambda: store.outcome(9),
        lambda: store.project("nonsense"),
    ):
        with pytest.raises(StoreMissing):
            ask()


def test_a_damaged_store_is_a_sentence(tmp_path):
    (tmp_path / "jilan.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError):
        open_store(tmp_path)


def test_two_thousand_projects_confirm_together(store):
    names = [f"项目{n}" for n in range(2000)]
    bring(store, "many.xlsx", reading(*names))
    assert len(counted(store)) == 2000
    action = store.history()["action"][0]
    store.undo(action, "甲")
    assert counted(store) == {}


def test_an_unknown_budget_stays_unknown(store):
    bring(store, "a.xlsx", reading("一", budget_yuan=None))
    frame = store.frame(sa.select(project.c.budget_fen))
    assert frame["budget_fen"].isna().tolist() == [True] and str(frame["budget_fen"].dtype) == "Int64"
    assert store.uploads()["budget_fen"].isna().all()


SAMPLE = read(Path(__file__).parent.parent / "data/samples/dongkeng-2024.txt")


def decided(store: Store, number: int, decision: str, key: str) -> int | None:
    return store.decide(store.versions(key)["version_id"][0], number, decision, "乙")


def test_a_decision_is_a_version_that_counts_and_undo_takes_it_back(store):
    upload_id, _ = bring(store, "a.txt", SAMPLE)
    key, before = project_key(SAMPLE.projects[0]), tables(store)
    action = decided(store, 0, "undone", key)
    row = store.frame(sa.select(project).where(project.c.key == key)).iloc[0]
    assert (row["indicators"], row["repairs"], row["s4"]) == (10, 0, 0)
    assert store.frame(sa.select(repair).where(repair.c.key == key)).empty
    names = store.frame(sa.select(indicator.c.name).where(indicator.c.key == key))["name"].tolist()
    assert names[7] == "≥90%" and "部门预算执行率" not in names
    versions = store.versions(key)
    assert (versions["current"].tolist(), versions["decided"].tolist()) == ([1, 0], [1, 0])
    assert versions["who"].tolist() == ["乙", "甲"] and set(versions["upload_id"]) == {upload_id}
    first = store.history().iloc[0]
    assert (first["kind"], first["who"], first["files"], first["projects"]) == ("decide", "乙", ["a.txt"], 1)
    store.undo(action, "甲")
    shown = [[one[:1] + one[2:] for one in table] for table in tables(store)]
    assert shown == [[one[:1] + one[2:] for one in table] for table in before]
    store.rebuild()
    assert [len(table) for table in tables(store)] == [len(table) for table in before]


def test_taking_a_decision_back_says_the_same_as_the_file(store):
    bring(store, "a.txt", SAMPLE)
    key = project_key(SAMPLE.projects[3])
    for decision in ("undone", "accepted", ""):
        decided(store, 1, decision, key)
    assert store.project(key) == SAMPLE.projects[3]
    assert decided(store, 1, "", key) is None  # nothing to do, so nothing in the log
    assert store.history()["kind"].tolist() == ["decide"] * 3 + ["confirm"]


def test_accepting_clears_the_doubt(store):
    doubted = SAMPLE.projects[0].repairs[0].model_copy(update={"confidence": 0.4})
    bring(store, "a.txt", reading("一", repairs=(doubted,)))
    key = project_key(make_project("一"))
    figures = sa.select(project.c.repairs, project.c.doubtful)
    assert store.frame(figures).values.tolist() == [[1, 1]]
    decided(store, 0, "accepted", key)
    assert store.frame(figures).values.tolist() == [[1, 0]]
    assert store.frame(sa.select(repair.c.doubtful))["doubtful"].tolist() == [0]


def test_a_decision_about_a_version_that_no_longer_counts_is_refused(store):
    bring(store, "a.txt", SAMPLE)
    key = project_key(SAMPLE.projects[0])
    old = store.versions(key)["version_id"][0]
    bring(store, "b.txt", SAMPLE)
    with pytest.raises(StoreConflict):
        store.decide(old, 0, "undone", "乙")
    for number, decision in ((9, "undone"), (-1, "accepted")):
        with pytest.raises(StoreMissing):
            decided(store, number, decision, key)
    assert store.history()["kind"].tolist() == ["confirm", "confirm"]


def test_an_upload_tells_what_its_file_said_whatever_was_decided(store):
    upload_id, action = bring(store, "a.txt", SAMPLE)
    key = project_key(SAMPLE.projects[0])
    undone = decided(store, 0, "undone", key)
    assert {(one.repairs, one.repeated) for one in store.outcome(upload_id)} == {(1, False), (3, False)}
    assert len(store.outcome(upload_id)) == 6
    with pytest.raises(StoreConflict):
        store.undo(action, "甲")  # the decision came later
    store.undo(undone, "甲")
    store.undo(action, "甲")
    store.confirm(upload_id, "甲")
    assert store.project(key) == SAMPLE.projects[0]


def test_a_new_table_replaces_decisions(store):
    bring(store, "a.txt", SAMPLE)
    key = project_key(SAMPLE.projects[0])
    decided(store, 0, "undone", key)
    bring(store, "b.txt", SAMPLE)
    assert store.project(key) == SAMPLE.projects[0]
    assert store.versions(key)["decided"].tolist() == [0, 1, 0]
