"""A line of the log: what people did, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.wording.formatting import format_time

ACTIONS = {
    "confirm": "计入",
    "count": "计入",
    "date": "补上年度",
    "discard": "放弃",
    "withdraw": "移出",
    "samples": "显示示例数据",
    "decide": "核对修复",
    "aside": "搁置审核意见",
    "declare": "声明不适用",
    "verdict": "会议决定",
    "undo": "撤销",
    "rebuild": "重新整理",
}


def entry(row: Mapping[Any, Any], undone: Mapping[Any, Any] | None = None) -> str:
    """A line of the log, in words. ``undone``: the line that this one takes back."""
    about = undone if undone is not None and not row["files"] else row
    what = ACTIONS[row["kind"]] + (ACTIONS[about["kind"]] if about is not row else "")
    words = f"{format_time(row['made'])}　{what}　{_about(about)}"
    return words if row["stands"] else f"{words}（已撤销）"


def _about(row: Mapping[Any, Any]) -> str:
    """The files of an action, or the project and what somebody said of it."""
    if isinstance(row.get("name"), str):
        said = [row["name"], *(row[field] for field in ("slot", "message", "reason"))]
        return f"{'　'.join(one for one in said if isinstance(one, str))}（{row['who']}）"
    files = "、".join(row["files"][:3]) + (f" 等 {len(row['files'])} 个文件" if len(row["files"]) > 3 else "")
    return files + (f"　{row['projects']} 个项目" if row["projects"] else "")
