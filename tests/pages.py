"""Small PDFs and OFDs written by hand, with just the lines and letters a test is about."""

from __future__ import annotations

from test_parsing_formats_packed import make_zip

RULES = [(50, 700, 350, 700), (50, 660, 350, 660), (50, 620, 350, 620)]
RULES += [(x, 620, x, 700) for x in (50, 150, 250, 350)]
WORDS = [
    (60, 675, "a1"),
    (160, 675, "b1"),
    (260, 675, "c1"),
    (60, 635, "a2"),
    (160, 635, "b2"),
    (260, 635, "c2"),
]


def stroke(rules: list[tuple[float, float, float, float]] = RULES) -> str:
    return "".join(f"{x0} {y0} m {x1} {y1} l S\n" for x0, y0, x1, y1 in rules)


def words(texts: list[tuple[float, float, str]] = WORDS) -> str:
    return "".join(f"BT /F 10 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in texts)


def pdf(*pages: str, box: str = "[0 0 595 842]", more: str = "") -> bytes:
    """A PDF of pages with these content streams; ``more`` goes into each page's dictionary."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for content in pages:
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        resources = "/Resources<</Font<</F 3 0 R>>>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R{resources}/Contents {len(objects)} 0 R/MediaBox{box}{more}>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n"
    return (out + f"{out.rindex('xref' + chr(10) + '0 ')}\n%%EOF\n").encode("latin-1")


def ofd(*pages: str, templates: str = "", documents: int = 1, **parts: str) -> bytes:
    """An OFD package; ``pages`` are what stands in their layer, in millimetres from the top left."""
    roots = "".join(f"<DocBody><DocRoot>Doc_{d}/Document.xml</DocRoot></DocBody>" for d in range(documents))
    members = {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="x">{roots}</ofd:OFD>'.replace("<Doc", "<ofd:Doc").replace(
            "</Doc", "</ofd:Doc"
        )
    }
    for d in range(documents):
        listed = "".join(f'<Page ID="{p}" BaseLoc="P{p}.xml"/>' for p in range(len(pages)))
        area = "<PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>"
        members[f"Doc_{d}/Document.xml"] = (
            f"<Document><CommonData>{area}{templates}</CommonData><Pages>{listed}</Pages></Document>"
        )
        for p, content in enumerate(pages):
            members[f"Doc_{d}/P{p}.xml"] = f"<Page><Content><Layer>{content}</Layer></Content></Page>"
    return make_zip(members | parts)
