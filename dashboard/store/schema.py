"""The tables of the record, append-only: ``blob``, ``upload``, ``version``, ``oplog``, ``judgement``,
``verdict``. Nothing in them is updated or deleted, but for a ``key`` that would now be made otherwise (see
``upgrade``). What is derived from them: see ``derived_schema``.

Money is whole 分 (BIGINT); unknown is NULL. Portable SQL only.
"""

from __future__ import annotations

import sqlalchemy as sa

FORMAT = 1  # of the record: raised when a program of before would misread, or lose, what one of now keeps
metadata = sa.MetaData()
Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")

blob = sa.Table(
    "blob",
    metadata,
    sa.Column("sha", sa.String(64), primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
upload = sa.Table(  # a file as it came in; ``reading`` is the Reading without its projects, as JSON;
    # the figures are those of the projects that would count (the last one of each key), ``budget_fen``
    # without the 一级项目 whose 二级项目 are in the same file
    "upload",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("sha", sa.String(64), sa.ForeignKey("blob.sha"), nullable=False, index=True),
    sa.Column("file", sa.String, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("made", sa.String(32), nullable=False),  # ISO time, UTC
    sa.Column("who", sa.String, nullable=False),
    sa.Column("parser", sa.String(32), nullable=False),
    sa.Column("sample", sa.Integer, nullable=False),
    sa.Column("reading", sa.Text, nullable=False),
    sa.Column("projects", sa.Integer, nullable=False),
    sa.Column("indicators", sa.Integer, nullable=False),
    sa.Column("budget_fen", sa.BigInteger),
    sa.Column("repairs", sa.Integer, nullable=False),
    sa.Column("doubtful", sa.Integer, nullable=False),
    sa.Column("repeated", sa.Integer, nullable=False),  # tables whose key stands again further down
    sa.Column("unread", sa.Integer, nullable=False),
    sa.Column("others", sa.Integer, nullable=False),
)
version = sa.Table(  # a project as one upload said it, or with what somebody decided about its repairs;
    # ``payload`` is Project as JSON, zlib; ``digest`` is the same for two tables that say the same,
    # wherever they stand
    "version",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("upload_id", Id, sa.ForeignKey("upload.id"), nullable=False, index=True),
    sa.Column("key", sa.String(16), nullable=False, index=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("unit", sa.String),
    sa.Column("year", sa.Integer),
    sa.Column("place", sa.String, nullable=False),
    sa.Column("budget_fen", sa.BigInteger),
    sa.Column("indicators", sa.Integer, nullable=False),
    sa.Column("repairs", sa.Integer, nullable=False),
    sa.Column("doubtful", sa.Integer, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("payload", sa.LargeBinary, nullable=False),
)
oplog = sa.Table(  # what people did; rows of one ``action`` belong together and are undone together:
    # its first has no ``key`` (and the upload it is about, if one), then one for each key it changed
    "oplog",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("action", sa.Integer, nullable=False, index=True),
    # one of ``log.KINDS``
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("upload_id", Id, nullable=True, index=True),
    sa.Column("key", sa.String(16), nullable=True, index=True),
    sa.Column("version_id", Id, nullable=True),  # current after the action; NULL: no longer counted
    sa.Column("prev_id", Id, nullable=True),  # current before it
    sa.Column("undoes", sa.Integer, nullable=True),
    sa.Column("made", sa.String(32), nullable=False),
    sa.Column("who", sa.String, nullable=False),
)
judgement = sa.Table(  # what people say of what a review found; it holds for a project's key, whatever
    # version counts, as long as its action stands. Either ``ident`` is a finding set aside (``rule`` and
    # ``message`` as it read then), or ``slot`` a category that the project has no need of
    "judgement",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("action", sa.Integer, nullable=False, index=True),
    sa.Column("key", sa.String(16), nullable=False, index=True),
    sa.Column("name", sa.String, nullable=False),  # of the project then
    sa.Column("ident", sa.String(16)),
    sa.Column("rule", sa.String(8)),
    sa.Column("message", sa.String),
    sa.Column("slot", sa.String),
    sa.Column("reason", sa.String, nullable=False),
    sa.Column("who", sa.String, nullable=False),
)
verdict = (
    sa.Table(  # what a meeting decided about a project; the last one whose action stands holds, whatever
        # version counts. ``conditions``: JSON list of {"text", "ident"}, the finding it is about or ""
        "verdict",
        metadata,
        sa.Column("id", Id, primary_key=True),
        sa.Column("action", sa.Integer, nullable=False, index=True),
        sa.Column("key", sa.String(16), nullable=False, index=True),
        sa.Column("name", sa.String, nullable=False),  # of the project then
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("conditions", sa.Text, nullable=False),
        sa.Column("who", sa.String, nullable=False),
    )
)
