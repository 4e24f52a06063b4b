"""Trouble with a file, in the words of the person who has to mend it.

Every error says what is wrong (``reason``), where (``place``) and what to do next (``remedy``), in
Chinese; ``code`` is the stable name that programs and tests rely on.
"""

from __future__ import annotations

import errno

SYSTEM = {  # what the operating system says, in Chinese
    errno.ENOENT: "没有这个文件",
    errno.ENOTDIR: "没有这个文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这个位置只能读，不能写",
    errno.EISDIR: "这是文件夹",
    errno.ELOOP: "链接绕成了一圈",
    errno.ENAMETOOLONG: "名字太长",
    errno.ENOSPC: "磁盘已满",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "同时打开的文件太多",
    errno.EBUSY: "正被其他程序使用",
}


def why(error: Exception) -> str:
    """What went wrong with a file, as the operating system says."""
    number = error.errno if isinstance(error, OSError) else errno.ENOENT  # a name that no system takes
    return SYSTEM.get(number or 0, f"系统错误 {number}")


class ReadError(Exception):
    """A file, sheet or table could not be read. Subclasses name the kinds of trouble."""

    code = "unreadable"
    reason = "这个文件读不出来"
    remedy = "请用 WPS 或 Excel 打开后另存为 .xlsx，再重新导入"

    def __init__(self, place: str = "", reason: str = "", remedy: str = "") -> None:
        self.place = place
        self.reason = reason or self.reason
        self.remedy = remedy or self.remedy
        super().__init__(f"{place}：{self.reason}。{self.remedy}。")

    def at(self, place: str) -> ReadError:
        """The same trouble at a place known further up (a reader of bytes has no file name)."""
        return type(self)(place, self.reason, self.remedy)


class EmptyFile(ReadError):
    code = "empty"
    reason = "文件是空的，里面没有任何内容"
    remedy = "请确认文件保存完整后重新导入"


class NotATable(ReadError):
    code = "not-a-table"
    reason = "没有找到项目绩效目标表（未见“项目名称”和指标表头）"
    remedy = "请确认选对了文件；表头应有“一级指标、二级指标、三级指标”，也可下载空白模板填写"


class BlankForm(ReadError):
    code = "blank-form"
    reason = "这是一张空白表，项目名称和指标都还没有填写"
    remedy = "请填写后重新导入"


class Locked(ReadError):
    code = "locked"
    reason = "文件设有打开密码"
    remedy = "请输入打开密码；或在 Excel、WPS 中取消密码后另存，再重新导入"


class WrongPassword(Locked):
    code = "wrong-password"
    reason = "密码不对，文件没有打开"
    remedy = "请核对打开密码后再试；或在 Excel、WPS 中取消密码后另存，再重新导入"


class Damaged(ReadError):
    code = "damaged"
    reason = "文件已损坏或不完整"
    remedy = "请用原来的程序（如 WPS、Excel）打开并另存一份，或请对方重新发送，再导入"


class TooLarge(ReadError):
    code = "too-large"
    reason = (
        "文件内容超出读取上限：一个文件最多 1,000,000 格文字、200,000 行，解压后 200 兆，一格 32,767 个字"
    )
    remedy = "请删去无关的工作表和空白区域；内容确实这样多的，请按部门或年度拆成几个文件，分别导入"


class Unsafe(ReadError):
    code = "unsafe"
    reason = "文件里含有不该出现的外部引用或实体定义，为安全起见没有读取"
    remedy = "请用 WPS、Word 或 Excel 打开后另存为新文件，再重新导入"


class Unsupported(ReadError):
    code = "unsupported"
    reason = "暂时读不了这种文件"
    remedy = "请另存为 .xlsx，或复制表格后在导入页粘贴"


class Covered(ReadError):
    """Text that the office program does not show, as a merged cell lies over it."""

    code = "covered"
    reason = "有文字被合并单元格盖住，没有读取"
    remedy = "请在 WPS 或 Excel 中取消这里的合并，核对露出的文字，再重新导入"


class Unlisted(ReadError):
    """A sheet that is in the file, but not in its list of sheets: no office program shows it."""

    code = "unlisted"
    reason = "文件里还有一张工作表没有列入目录，打开时看不到，没有读取"
    remedy = "请核对工作表是否齐全；缺少的，请向填报单位要一份完整的文件"


class ReaderDied(ReadError):
    code = "reader-died"
    reason = "读取这个文件用掉的时间或内存超过上限，已中止"
    remedy = (
        "项目很多的，请按部门或年度拆成几个文件，每个 5,000 个项目以内，分别导入；"
        "项目不多的，请用 WPS 或 Excel 打开后另存为 .xlsx，再导入"
    )


class BudgetMissing(ReadError):
    """Trouble in one table: it is kept and shown, with no money, outside every sum."""

    code = "budget-missing"
    reason = "没有读到年度预算金额，这个项目不计入金额合计"
    remedy = "请在表中补上“某年预算金额（元）”一行后重新导入"


class AmountBeyond(ReadError):
    """Trouble in one table: an amount that money cannot be is kept as text, in no sum."""

    code = "amount-beyond"
    reason = "金额读不成数，没有采用"
    remedy = "请核对金额和单位（元还是万元），改正后重新导入"


class LostColumns(ReadError):
    """A text that lost its table, of a kind whose columns nobody can tell apart then."""

    code = "lost-columns"
    reason = "这段文字没有格线，分不清哪段属于哪一栏（一览表、多行表头，或栏目与内容分开了），没有读取"
    remedy = "请改传原来的 Excel、Word 或 PDF 文件，或从原文件里整表复制"


class AmbiguousForm(ReadError):
    """Two declared forms match a table equally well: it is not read, rather than read by chance."""

    code = "ambiguous-form"
    reason = "这张表同时符合两种表样，分不清该按哪一种读"
    remedy = "请在 parsing/forms 中为其中一种表样补充能区分的栏目，再重新导入"


class FormError(ReadError):
    """A file that is to describe a form, and does not; or a cell of which what was said cannot be learned."""

    code = "form"
    reason = "表样文件的内容不对"
    remedy = "请在“指认”里重新指一遍，或对照 CONTRIBUTING.md 里的例子修改后再试"


class FormsDiffer(AmbiguousForm):
    """Two people showed the same layout, and differ: somebody has to look again."""

    code = "forms-differ"
    reason = "两份指认的表样对这张表说法不同，没有读取"
    remedy = "请在“导入”的“表样”里移除不对的一份，或重新指认"


class StandardError(ReadError):
    code = "standard"
    reason = "没有找到这个审核标准"
    remedy = "请填写 default、strict，或一个 .toml 文件的路径"
