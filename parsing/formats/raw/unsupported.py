"""Files we recognise but do not read yet: what they are called, and what their owner should do."""

from __future__ import annotations

import re

from parsing.errors import Damaged, EmptyFile, ReadError, Unsupported
from parsing.formats.raw import packed

PASTE = "请用 WPS 或 Word 打开，复制表格后在导入页粘贴；或粘贴到 Excel 里存为 .xlsx 再导入"
SAVE = "请用 WPS 或 Excel 打开后另存为 .xlsx，再重新导入"
COPY = "请打开后复制表格，在导入页粘贴；或向填报单位要 Excel 原件"
EXPORT = "请在原来的程序中导出为 .xlsx、.docx 或 PDF，再导入"
ATTACHED = "请打开邮件，把附件另存后再导入"
CHECK = "它不是表格，请确认选对了文件"
UNPACK = "请先解压，再把里面的表格文件导入（可以一次选多个）"

PICTURES = "请把图片另存为图片文件再导入，或向填报单位要原来的表格"
IN_FRAMES = "这是分成几页存的网页，表格在旁边同名的 .files 文件夹里，这个文件里没有"
FRAMED = "请用 Excel 或 WPS 打开后另存为 .xlsx（或“单个文件网页”），再重新导入"
PICTURED = re.compile(r"(?:^|/)(?:media|pictures)/.*\.(?:png|jpe?g|bmp|gif|tiff?|[ew]mf)$", re.IGNORECASE)
FRAMES = re.compile(rb"<frameset\b", re.IGNORECASE)

MAGICS: tuple[tuple[bytes, str, str], ...] = (
    (b"GIF8", "图片", COPY),
    (b"RIFF", "图片或音视频文件", COPY),
    (b"Rar!", "RAR 压缩包", UNPACK),
    (b"7z\xbc\xaf", "7z 压缩包", UNPACK),
    (b"\x1f\x8b\x08", "gz 压缩包", UNPACK),
    (b"BZh91AY&SY", "bz2 压缩包", UNPACK),
    (b"\xfd7zXZ", "xz 压缩包", UNPACK),
    (b"MZ", "程序文件", CHECK),
    (b"\x7fELF", "程序文件", CHECK),
    (b"L\0\0\0\x01\x14\x02", "快捷方式", "请找到它指向的文件，再导入"),
    (b"SQLite format 3", "数据库文件", EXPORT),
    (b"\0\1\0\0Standard", "Access 数据库", EXPORT),
    (b"CAJ\0", "CAJ 文档", EXPORT),
    (b"%!PS", "PostScript 文档", EXPORT),
)
LATER: tuple[tuple[int, bytes, str, str], ...] = (  # marks that do not stand at the beginning
    (4, b"ftyphei", "HEIC 照片", "请在手机或电脑上转成 JPG，再导入"),
    (4, b"ftypmif1", "HEIC 照片", "请在手机或电脑上转成 JPG，再导入"),
    (4, b"ftyp", "音视频文件", CHECK),
    (257, b"ustar", "tar 压缩包", UNPACK),
)
MEMBERS: tuple[tuple[str, str, str], ...] = (  # inside a zip
    ("ppt/", "演示文稿（.pptx）", COPY),
    ("xl/workbook.bin", "二进制 Excel 工作簿（.xlsb）", SAVE),
    ("uof.xml", "标文通（UOF）文件", EXPORT),
    ("fixeddocseq.fdseq", "XPS 文档", EXPORT),
    ("index/document.iwa", "苹果 iWork 文件（Numbers、Pages、Keynote）", EXPORT),
    ("index.zip", "苹果 iWork 文件（Numbers、Pages、Keynote）", EXPORT),
    ("index.apxl", "苹果 iWork 文件（Keynote）", EXPORT),
)
LINK = re.compile(
    rb"\A\s*\[InternetShortcut\]|"
    rb"//[\w.-]*(?:kdocs\.cn|docs\.qq\.com|feishu\.cn|shimo\.im|yuque\.com|dingtalk\.com|1drv\.ms)/"
)
LINK_SIZE = 64 << 10
ZEROS = 4_096  # bytes that no file begins with
CONTENT = re.compile(rb"<td\b|\t|" + b"|".join("项目名称".encode(code) for code in ("utf-8", "gb18030")))
OWNERS = (162, 165)  # bytes of what Word and Excel leave beside an open file: who has it open
OWNER = "程序打开文件时留下的临时文件"
FOREIGN = frozenset(member for member, _, _ in MEMBERS)  # a zip that has one is no archive of files
LETTER = re.compile(r"(?:[a-z0-9-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*(?:received|return-path|delivered-to|to|cc):")
MARKUP: tuple[tuple[str, str, str], ...] = (
    (r"<\?xml[^>]*>\s*<uof:", "标文通（UOF）文件", EXPORT),
    (r"<\?xml|<!doctype", "XML 文件", SAVE),
)


def stranger(data: bytes) -> ReadError | None:
    """What to say of a file of a known kind that no reader of ours takes; None: not a known kind."""
    if data.startswith(packed.MAGIC):
        return _zip(data)
    if not data[:ZEROS].strip(b"\0"):
        return Damaged(reason="文件开头只有零，没有内容，可能没有下载或复制完整")
    named = len(data) in OWNERS and 0 < data[0] < 55 and (0 < data[54] < 55 or 0 < data[55] < 55)
    if named and b"\0" in data:  # beside the lengths of the name, which letters may be, too
        return _unsupported(OWNER, "它不是表格，请导入文件名开头没有“~$”的那一份")
    for magic, kind, remedy in MAGICS:
        # two letters alone may well begin a text, so those kinds must look binary too
        if data.startswith(magic) and (len(magic) > 2 or b"\0" in data[:64]):
            return _unsupported(kind, remedy)
    for at, mark, kind, remedy in LATER:
        if data.startswith(mark, at):
            return _unsupported(kind, remedy)
    head = data[:2048].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower().decode("latin-1")
    for pattern, kind, remedy in MARKUP:
        if re.match(pattern, head, re.DOTALL):
            return _unsupported(kind, remedy)
    return _unsupported("邮件（.eml）", ATTACHED) if is_letter(head) else None


def link(data: bytes) -> ReadError | None:
    """What to say of a page or a shortcut that only leads to a document kept online."""
    if len(data) > LINK_SIZE or b"\0" in data or not LINK.search(data) or CONTENT.search(data):
        return None
    return _unsupported("在线文档的链接", "里面没有表格；请打开在线文档，下载为 .xlsx 或 .docx，再导入")


def elsewhere(data: bytes) -> ReadError | None:
    """What to say of a file in which no reader found any text: where what it shows may be; None: nowhere."""
    if any(PICTURED.search(name) for name in packed.names(data)):
        return EmptyFile(reason="文件里只有图片，没有文字，图片没有识别", remedy=PICTURES)
    if FRAMES.search(data[:LINK_SIZE]):
        return EmptyFile(
            reason="这是分成几页存的网页，表格在旁边同名的 .files 文件夹里，这个文件里没有", remedy=FRAMED
        )
    return None


def is_letter(head: str) -> bool:
    """Whether a text that begins so, in lower case, is an e-mail: pages saved as one are sent to nobody."""
    return "mime-version:" in head and LETTER.match(head.replace("\r\n", "\n")) is not None


def _zip(data: bytes) -> ReadError:
    try:
        packed.Package(data)
    except ReadError as error:
        return error
    inside = packed.names(data)
    if not inside:
        return Damaged()
    for member, kind, remedy in MEMBERS:
        if any(name.startswith(member) for name in inside):
            return _unsupported(kind, remedy)
    return _unsupported("zip 压缩包", UNPACK)


def _unsupported(kind: str, remedy: str) -> ReadError:
    gap = " " if kind[0].isascii() else ""
    return Unsupported(reason=f"这是{gap}{kind}，暂时不能直接读取", remedy=remedy)
