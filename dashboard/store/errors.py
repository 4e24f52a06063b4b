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


class StoreDamaged(StoreError):
    """The database, or what is kept in it, can no longer be read. ``reason`` says what is wrong with it,
    ``remedy`` what to do."""

    reason = "数据库已损坏，内容对不上"
    remedy = (
        "请先不要再导入，把整个数据文件夹另存一份；然后用最近的备份恢复"
        "（python -m dashboard restore 备份文件）。哪里损坏，可运行 python -m dashboard verify 查看"
    )

    def __init__(self, reason: str = "") -> None:
        self.reason = reason or self.reason
        super().__init__(f"{self.reason}。{self.remedy}")


class StoreNewer(StoreDamaged):
    """The database, or something in it, was written by a newer program: this one leaves it as it is."""

    reason = "这里的数据由更新版本的程序写成，这个版本读不了"
    remedy = "数据没有改动。请换用新版程序打开；要用这个版本，请用 --data 指定另一个数据文件夹"
