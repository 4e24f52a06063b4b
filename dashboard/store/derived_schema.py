"""The tables that are derived, and rebuildable, from the record (see ``schema``): ``candidate``, ``project``,
``indicator``, ``outline``, ``repair``, ``trouble``, ``finding``, ``requirement``; ``mark`` says how far they
are. Questions are asked of these."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.store.schema import Id, metadata

project = sa.Table(  # s1…s9: indicators in each of parsing's SLOTS, in that order; of those without one,
    # a1…a9 are 1 where somebody declared it not applicable, u1…u9 where rows could not be read for certain;
    # ``doubled``: 1 for a 一级项目 that is in no sum (see ``levels``), ``apart_fen``: how much more it is
    # than its 二级项目, told at the first of a unit's, 0 within 1 %; ``partial``: why the table was not read
    # whole, as ``parsing.partial`` packs it, "" where it was; ``edition``: the ``rules_version`` by which
    # it was reviewed, "" before
    "project",
    metadata,
    sa.Column("key", sa.String(16), primary_key=True),
    sa.Column("doubled", sa.Integer, nullable=False),  # early: every sum asks for it, of every row
    sa.Column("version_id", Id, nullable=False),
    sa.Column("upload_id", Id, nullable=False),
    sa.Column("file", sa.String, nullable=False),
    sa.Column("place", sa.String, nullable=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("form", sa.String, nullable=False),
    sa.Column("department", sa.String),
    sa.Column("unit", sa.String),
    sa.Column("project_type", sa.String),  # as printed: base（sub）
    sa.Column("base_type", sa.String),
    sa.Column("sub_type", sa.String),
    sa.Column("level", sa.String),
    sa.Column("start", sa.String),
    sa.Column("end", sa.String),
    sa.Column("end_year", sa.Integer),
    sa.Column("year", sa.Integer),
    sa.Column("budget_fen", sa.BigInteger),
    sa.Column("total_fen", sa.BigInteger),
    sa.Column("apart_fen", sa.BigInteger, nullable=False),
    sa.Column("indicators", sa.Integer, nullable=False),
    *(sa.Column(f"{of}{k}", sa.Integer, nullable=False) for of in "sau" for k in range(1, 10)),
    sa.Column("repairs", sa.Integer, nullable=False),
    sa.Column("doubtful", sa.Integer, nullable=False),
    sa.Column("partial", sa.String, nullable=False),
    sa.Column("sample", sa.Integer, nullable=False),
    sa.Column("edition", sa.String(32), nullable=False),
)
candidate = sa.Table(  # what decides whether a version counts (see ``parsing.counting``), with what filters
    # ask for; ``reason``: of a version whose file was confirmed, why another one of its key counts instead,
    # else ""
    "candidate",
    metadata,
    sa.Column("version_id", Id, primary_key=True),
    sa.Column("upload_id", Id, nullable=False, index=True),
    sa.Column("key", sa.String(16), nullable=False, index=True),
    sa.Column("content", sa.String(64), nullable=False),
    sa.Column("file", sa.String, nullable=False),
    sa.Column("hidden", sa.Integer, nullable=False),
    sa.Column("partial", sa.String, nullable=False),  # as of ``project``
    sa.Column("level", sa.String),
    sa.Column("year", sa.Integer),
    sa.Column("department", sa.String),
    sa.Column("unit", sa.String),
    sa.Column("base_type", sa.String),
    sa.Column("sub_type", sa.String),
    sa.Column("end_year", sa.Integer),
    sa.Column("budget_fen", sa.BigInteger),
    sa.Column("reason", sa.String(16), nullable=False),
)
indicator = sa.Table(
    "indicator",
    metadata,
    sa.Column("key", sa.String(16), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("level1", sa.String, nullable=False),
    sa.Column("level2", sa.String, nullable=False),
    sa.Column("slot", sa.String),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("period", sa.String),
    sa.Column("annual", sa.String),
    sa.Column("place", sa.String, nullable=False),
)
outline = sa.Table(  # what portfolio rules look at, as ``parsing.packed`` gives it
    "outline",
    metadata,
    sa.Column("key", sa.String(16), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)
repair = sa.Table(
    "repair",
    metadata,
    sa.Column("key", sa.String(16), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("code", sa.String, nullable=False),
    sa.Column("place", sa.String, nullable=False),
    sa.Column("before", sa.Text, nullable=False),  # JSON list
    sa.Column("after", sa.Text, nullable=False),  # JSON object
    sa.Column("reason", sa.String, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("doubtful", sa.Integer, nullable=False),
)
trouble = sa.Table(  # what was not read, tables of another kind, and sums of lists that are not what was
    # read, of uploads that stand
    "trouble",
    metadata,
    sa.Column("upload_id", Id, primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(8), nullable=False),  # unread, other, total
    sa.Column("code", sa.String, nullable=False),  # error code, the other kind, the label
    sa.Column("file", sa.String, nullable=False),
    sa.Column("place", sa.String, nullable=False),
    sa.Column("reason", sa.String, nullable=False),
    sa.Column("remedy", sa.String, nullable=False),
)
finding = sa.Table(  # ``standard``: "" under each, else the one under which it was found; ``rank``: 高 4,
    # 中 3, 低 2, 提示 1; ``also``: JSON list; ``ident``: the same for the same point of another version;
    # ``portfolio``: 1 when it shows only among many; ``aside``: 1 when a judgement that stands answers it,
    # then with its ``reason``, ``who`` and ``action``
    "finding",
    metadata,
    sa.Column("key", sa.String(16), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("standard", sa.String, nullable=False),
    sa.Column("rule", sa.String(8), nullable=False),
    sa.Column("severity", sa.String(8), nullable=False),
    sa.Column("rank", sa.Integer, nullable=False),
    sa.Column("dimension", sa.String(16), nullable=False),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("slot", sa.String),
    sa.Column("path", sa.String, nullable=False),
    sa.Column("place", sa.String, nullable=False),
    sa.Column("message", sa.String, nullable=False),
    sa.Column("quote", sa.String, nullable=False),
    sa.Column("advice", sa.String, nullable=False),
    sa.Column("equation", sa.String, nullable=False),
    sa.Column("also", sa.Text, nullable=False),
    sa.Column("ident", sa.String(16), nullable=False),
    sa.Column("portfolio", sa.Integer, nullable=False),
    sa.Column("aside", sa.Integer, nullable=False),
    sa.Column("reason", sa.String),
    sa.Column("who", sa.String),
    sa.Column("action", sa.Integer),
)
requirement = sa.Table(  # r1…r9: of the categories without an indicator, 2 where the standard requires one,
    # 1 where it advises one; else 0
    "requirement",
    metadata,
    sa.Column("key", sa.String(16), primary_key=True),
    sa.Column("standard", sa.String, primary_key=True),
    *(sa.Column(f"r{k}", sa.Integer, nullable=False) for k in range(1, 10)),
)
mark = sa.Table(  # ``format``, ``schema``: see ``upgrade``; ``settled``, ``settles``: see ``review_sync``
    "mark",
    metadata,
    sa.Column("name", sa.String(16), primary_key=True),
    sa.Column("value", sa.String, nullable=False),
)
OF_PROJECT = (project, indicator, repair, outline, finding, requirement)  # rows that go with a project's key
DERIVED = (*OF_PROJECT, trouble, candidate)

for columns in (("year", "unit"), ("year", "department"), ("year", "base_type")):
    sa.Index(f"ix_project_{'_'.join(columns)}", *(project.c[name] for name in columns))
sa.Index("ix_project_budget", project.c.budget_fen, project.c.key)
DOUBLED = project.c.doubled == sa.literal_column("1")  # in words, or the index below is not used
_FEW = (project.c.year, project.c.key, project.c.budget_fen)
sa.Index("ix_project_doubled", *_FEW, sqlite_where=DOUBLED, postgresql_where=DOUBLED)
LEFT = candidate.c.reason > sa.literal_column("''")  # in words, too
sa.Index("ix_candidate_left", candidate.c.reason, sqlite_where=LEFT, postgresql_where=LEFT)
_COUNTED = ("key", "rule", "dimension", "standard", "aside", "rank", "slot", "seq")  # so that counting reads
sa.Index("ix_finding_count", *(finding.c[name] for name in _COUNTED))  # no long texts
