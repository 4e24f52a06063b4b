"""What the two commands need before they can start: Python 3.11 and the libraries, from pip alone.

Only the standard library: this runs on a machine where nothing is installed yet. Inside a virtual
environment the libraries go there; elsewhere into ``.venv`` beside the project, so that the system's
own Python stays as it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
FAILED = """没有装好运行所需的库。请检查：
  1. 电脑能否连上软件源（内网请先配置 pip 的内部源，或在能上网的电脑上下载后拷来）；
  2. Python 是否自带 venv 和 pip（Debian/Ubuntu 需先安装 python3-venv）。
上面是 pip 的原话。处理后再运行一次同样的命令即可。"""


def ensure_libraries(module: str, needs: tuple[str, ...], lock: str) -> None:
    """Return when every library in ``needs`` can be imported; else install ``lock`` and run ``python -m
    module`` with the same arguments in the environment that has them, and exit with its code."""
    if sys.version_info < (3, 11):  # noqa: UP036  somebody will start it with an older one
        sys.exit("需要 Python 3.11 或更高版本，请先安装，再用新版本的 python 运行同样的命令。")
    if all(find_spec(name) for name in needs):
        return
    inside = sys.prefix != sys.base_prefix
    python = Path(sys.executable) if inside else _python()
    if not inside and not python.exists():
        print("首次运行：正在项目文件夹里建立 .venv …", flush=True)
        _build()
    if not inside and Path(sys.prefix).resolve() != VENV and _has(python, needs):
        sys.exit(_again(python, module))
    print("正在安装所需的库，通常需要一两分钟 …", flush=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    steps = ([*pip, "--require-hashes", "-r", str(ROOT / lock)], [*pip, "--no-deps", "-e", str(ROOT)])
    if any(subprocess.call(step) for step in steps):
        sys.exit(FAILED)
    sys.exit(_again(python, module))


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _build() -> None:
    try:
        venv.create(VENV, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        sys.exit(FAILED)


def _has(python: Path, needs: tuple[str, ...]) -> bool:
    asked = f"import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, {list(needs)!r})))"
    return subprocess.call([str(python), "-c", asked]) == 0


def _again(python: Path, module: str) -> int:
    try:
        return subprocess.call([str(python), "-m", module, *sys.argv[1:]], cwd=ROOT)
    except KeyboardInterrupt:  # the child was told to stop as well
        return 0
