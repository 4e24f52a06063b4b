"""What the store refuses to do, said in Chinese to the person who asked."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot do what was asked; ``str(error)`` is a sentence for the page."""


class StoreMissing(StoreError):
    """No such upload, project, version or action."""


class StoreConflict(StoreError):
    """Doing this would undo what somebody did later."""


class StoreBusy(StoreError):
    """Another program holds the store just now: nothing was done, and the same can be tried again later."""

    def __init__(self) -> None:
        super().__init__("数据库正忙，稍后自动重试")


class StoreInUse(StoreError):
    """What needs a data folder for itself cannot be done: a program works in it."""


class StoreFull(StoreError):
    """There is no room on the disk."""

    def __init__(self) -> None:
        super().__init__("磁盘已满，没有保存，请先腾出空间")


class StoreUnwritable(StoreError):
    """The disk or the rights of the folder are in the way."""

    def __init__(self) -> None:
        super().__init__("数据库文件读写出错，请检查数据文件夹所在的磁盘和权限")


class StoreDamaged(StoreError):
    """The database, or what is kept in it, can no longer be read. ``reason`` says what is wrong with it,
    ``remedy`` what to do."""

    reason = "数据库已损坏，内容对不上"
    remedy = (
        "请先不要再导入，把整个数据文件夹另存一份；然后用最近的备份恢复"
        "（python -m dashboard restore 备份文件）。哪里损坏，可运行 python -m dashboard verify 查看"
    )

    def __init__(self, reason: str = "", remedy: str = "") -> None:
        self.reason = reason or self.reason
        self.remedy = remedy or self.remedy
        super().__init__(f"{self.reason}。{self.remedy}")


class StoreNewer(StoreDamaged):
    """The database, or something in it, was written by a newer program: this one leaves it as it is."""

    reason = "这里的数据由更新版本的程序写成，这个版本读不了"
    remedy = "数据没有改动。请换用新版程序打开；要用这个版本，请用 --data 指定另一个数据文件夹"


class StoreGone(StoreDamaged):
    """The file was there when it was opened, and is not any more."""

    reason = "数据库文件 jilan.db 打不开：可能被移走或改名了，也可能文件夹不能写入"
    remedy = (
        "请检查数据文件夹，把它放回去，再刷新页面；"
        "找不到的，用备份恢复（python -m dashboard restore 备份文件）"
    )


class StoreChanged(StoreDamaged):
    """Tables are not as this program made them."""

    reason = "数据库里的表和这个程序对不上，可能被换过，或被另一个版本的程序打开过"
    remedy = (
        "请关闭所有绩览窗口，用最新版本重新启动；仍不行的，用备份恢复（python -m dashboard restore 备份文件）"
    )
