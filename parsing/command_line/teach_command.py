"""``python -m parsing teach FILE [CELL=WHAT…] [--sheet NAME] [--forms DIR] [-o FORM.toml] [--replace]``.

Without answers, prints the cells of the file with their addresses. With them, keeps the form that they make,
or writes it to ``-o``, and prints what is read of the file now. Exit 0, 1 where it still holds something that
was not read, 2 for wrong usage, an answer that cannot be learned, or a known form that says otherwise.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from parsing.command_line.target import Target
from parsing.errors import FormError, why
from parsing.grid import Grid
from parsing.inputs import content
from parsing.model import Project, Reading
from parsing.printable import readable
from parsing.teaching import form_files, teach
from parsing.teaching.senses import WORDS, CellSense
from parsing.teaching.sheets import grids

_SPOT = re.compile(r"(?P<cell>[^=＝]+)[=＝](?P<what>.+)")


def run(words: Sequence[str], parser: Callable[..., argparse.ArgumentParser]) -> tuple[str, int]:
    """What to print, and the exit code. Raises ReadError; Refused and Unwritten of ``-o``."""
    options = parser(
        prog="python -m parsing teach",
        usage="python -m parsing teach 文件 [格=栏目…] [--sheet 工作表] [--forms 文件夹] [-o 表样.toml]"
        " [--replace]",
        description=f"指认：告诉程序某一格是什么，例如 B2=项目名称。栏目有：{'、'.join(WORDS.values())}。",
        add_help=False,
    )
    options.add_argument("file", type=Path, metavar="文件", help="一份这种样子的表")
    options.add_argument("answers", nargs="*", metavar="格=栏目", help="不写时列出每一格的位置和文字")
    options.add_argument("--sheet", metavar="工作表", help="有几张工作表时，是哪一张")
    options.add_argument(
        "--forms", type=Path, metavar="文件夹", help="存到这个文件夹，默认在数据文件夹的 forms"
    )
    options.add_argument("-o", "--output", type=Path, metavar="表样", help="写到这个文件，给别的单位用")
    options.add_argument("--replace", action="store_true", help="取代说法不同的旧表样")
    options.add_argument("-h", "--help", action="help", help="显示这段说明")
    options._positionals.title, options._optionals.title = "要指认的", "选项"
    chosen = options.parse_args(words)
    answers = [found for word in chosen.answers if (found := _SPOT.fullmatch(word))]
    if len(answers) < len(chosen.answers):
        options.error("")
    name = readable(chosen.file.name)
    data = content(chosen.file, name)
    every = [
        grid
        for grid in grids(data, name, None)
        if chosen.sheet in (None, grid.part, f"{grid.file} › {grid.part}")
    ]
    if not every:
        raise FormError(name, "没有找到这张工作表", "请核对 --sheet 的名字")
    if not answers:
        return "\n".join(line for grid in every for line in _listed(grid)) + "\n", 0
    grid, pointed = _pointed(every, answers)
    folder = chosen.forms or form_files.home()
    made = f"{name}，{date.today():%Y-%m-%d} 指认"
    target = Target(chosen.output, [chosen.file]) if chosen.output else None
    lesson = teach(data, name, (grid.file, grid.part), pointed, None, form_files.texts(folder), made)
    if target:
        target.write(lesson.text.encode())
        where = str(chosen.output)
    else:
        where = _kept(folder, lesson.text, lesson.rivals, chosen.replace)
    return f"{_told(lesson.reading)}表样已存：{where}\n", 1 if lesson.reading.unread else 0


def _pointed(every: Sequence[Grid], answers: Sequence[re.Match[str]]) -> tuple[Grid, list[CellSense]]:
    """The sheet that has all the cells, the first one if several have, and the answers."""
    senses = {word: sense for sense, word in WORDS.items()} | {sense: sense for sense in WORDS}
    for grid in every:
        spots = {cell.place.cell: cell.place[2:4] for cell in grid}
        if all(answer["cell"].strip().upper() in spots for answer in answers):
            break
    else:
        cells = "、".join(answer["cell"] for answer in answers)
        raise FormError(
            every[0].file, f"没有找到 {cells}，或那里没有文字", "请先不带栏目运行一次，看每一格的位置"
        )
    pointed = []
    for answer in answers:
        if answer["what"].strip() not in senses:
            raise FormError(
                grid.file, f"不认得栏目“{answer['what'][:20]}”", f"可以是：{'、'.join(WORDS.values())}"
            )
        pointed.append(CellSense(*spots[answer["cell"].strip().upper()], senses[answer["what"].strip()]))
    return grid, pointed


def _kept(folder: Path, text: str, rivals: Sequence[str], replace: bool) -> str:
    if rivals and not replace:
        raise FormError(
            str(folder),
            f"与已有的表样 {'、'.join(rivals)} 对同一种表说法不同，没有保存",
            "要用新的取代，请加 --replace；要保留原来的，请核对指的格",
        )
    try:
        return str(folder / form_files.change(folder, [text], rivals).put[0].name)
    except OSError as error:
        raise FormError(str(folder), f"表样没有存下来（{why(error)}）", "请换一个能写的文件夹") from error


def _listed(grid: Grid) -> Iterator[str]:
    yield f"【{grid.file} › {grid.part}】"
    for cell in grid:
        yield f"{cell.place.cell}\t{' '.join(cell.text.split())[:40]}"


def _told(reading: Reading) -> str:
    """What is read of the file now, for people."""
    lines = [line for project in reading.projects for line in _project(project)]
    lines += [f"没有读取：{one.place}：{one.reason}" for one in reading.unread]
    return "".join(f"{line}\n" for line in lines)


def _project(project: Project) -> Iterator[str]:
    yield f"项目名称：{project.name or '没有读到'}"
    for word, value in (("单位", project.unit), ("部门", project.department)):
        if value:
            yield f"{word}：{value}"
    if project.budget_yuan is not None:
        yield f"当年预算：{project.budget_yuan:,.2f} 元"
    yield f"指标 {len(project.indicators)} 条，修复 {len(project.repairs)} 处"
