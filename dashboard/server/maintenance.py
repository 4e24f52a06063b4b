"""``python -m dashboard backup FILE | restore FILE | verify``: what keeps the data safe.

Exit 0 when it was done or all is well, 1 when it was not or something is wrong, 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dashboard.ingest.spool import FOLDER, waiting
from dashboard.store import StoreError, backup, restore, verify

DAMAGED = "数据有问题，请用最近的备份恢复。"
SOUND = "数据完好：数据库、原始记录和各页所用的数据表都核对过。"


def main(argv: list[str], data: Path) -> int:
    """``data``: the folder where ``--data`` names none."""
    chosen = options(argv, data)
    try:
        return {"backup": _backup, "restore": _restore, "verify": _verify}[chosen.command](chosen)
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1


def options(argv: list[str], data: Path) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description="绩览：备份、恢复、检查数据")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, words in (
        ("backup", "把数据备份成一个文件；程序运行时也可以备份"),
        ("restore", "用备份恢复数据；原来的数据另存在数据文件夹里"),
        ("verify", "检查数据是否完好；不改动数据"),
    ):
        command = commands.add_parser(name, help=words, description=words)
        if name != "verify":
            command.add_argument("file", type=Path, help="备份文件")
        if name == "backup":
            command.add_argument("--force", action="store_true", help="文件已存在时覆盖")
        command.add_argument("--data", type=Path, default=data, help="数据存放的文件夹")
    arguments = parser.parse_args(argv)
    arguments.data = arguments.data.expanduser().absolute()
    if arguments.command != "verify":
        arguments.file = arguments.file.expanduser().absolute()
    return arguments


def _backup(chosen: argparse.Namespace) -> int:
    backup(chosen.data, chosen.file, chosen.force)
    print(f"已备份到 {chosen.file}（{chosen.file.stat().st_size / (1 << 20):,.1f} 兆）。")
    if count := waiting(chosen.data / FOLDER):  # in no backup
        print(f"另有 {count:,} 个刚收到、还没有读完的文件不在备份里，启动程序后会接着读。")
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    kept = restore(chosen.data, chosen.file)
    print(f"已用 {chosen.file.name} 恢复到 {chosen.data}。")
    if kept:
        print(f"原来的数据另存在 {kept}，确认无误后可以删除。")
    return 0


def _verify(chosen: argparse.Namespace) -> int:
    troubles = verify(chosen.data)
    for trouble in troubles:
        print(trouble)
    print(DAMAGED if troubles else SOUND)
    return 1 if troubles else 0
