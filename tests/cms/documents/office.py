"""Small office files, as the programs write them, made for these tests."""

import io
import zipfile
from xml.sax.saxutils import escape

from openpyxl import Workbook

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "manifest")
) + (
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"'
)


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            way = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=way)
    return out.getvalue()


def docx(*paragraphs: str, header: str = "", footer: str = "", raw: str = "") -> bytes:
    def part(root: str, texts: tuple[str, ...], more: str = "") -> str:
        inside = "".join(f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p>" for one in texts)
        return f"<w:{root} {_W}>{inside}{more}</w:{root}>"

    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": part("document", paragraphs, raw),
            "word/header1.xml": part("hdr", (header,)),
            "word/footer1.xml": part("ftr", (footer,)),
        }
    )


def pptx(*slides: str, notes: str = "") -> bytes:
    """Slides in the order given; their members are numbered the other way round."""

    def shapes(text: str) -> str:
        number = '<a:fld type="slidenum"><a:t>99</a:t></a:fld>'
        return f"<a:p><a:r><a:t>{escape(text)}</a:t></a:r>{number}</a:p>"

    members: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>"}
    ids, relations = "", ""
    for place, text in enumerate(slides):
        number = len(slides) - place
        ids += f'<p:sldId id="{256 + place}" r:id="rId{number}"/>'
        relations += f'<Relationship Id="rId{number}" Target="slides/slide{number}.xml"/>'
        members[f"ppt/slides/slide{number}.xml"] = f"<p:sld {_P} {_A}>{shapes(text)}</p:sld>"
        if notes and not place:
            members[f"ppt/slides/_rels/slide{number}.xml.rels"] = (
                f"<Relationships {_RELS}>"
                '<Relationship Id="r1" Target="../notesSlides/notesSlide1.xml"/></Relationships>'
            )
            members["ppt/notesSlides/notesSlide1.xml"] = (
                f"<p:notes {_P} {_A}>{shapes(notes)}</p:notes>"
            )
    members["ppt/presentation.xml"] = f"<p:presentation {_P} {_R}>{ids}</p:presentation>"
    members["ppt/_rels/presentation.xml.rels"] = (
        f"<Relationships {_RELS}>{relations}</Relationships>"
    )
    return zipped(members)


def xlsx(header: str = "", **sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.oddHeader.center.text = header
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _open_document(kind: str, body: str, styles: str = "", manifest: str = "") -> bytes:
    content = (
        f"<office:document-content {_ODF}><office:body>{body}</office:body>"
        "</office:document-content>"
    )
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": content,
            "styles.xml": f"<office:document-styles {_ODF}>{styles}</office:document-styles>",
            "META-INF/manifest.xml": f"<manifest:manifest {_ODF}>{manifest}</manifest:manifest>",
        }
    )


def odt(inside: str, header: str = "", *, encrypted: bool = False) -> bytes:
    frame = f"<style:header><text:p>{header}</text:p></style:header><text:p>Muster</text:p>"
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    body = f"<office:text>{inside}</office:text>"
    return _open_document("text", body, frame, manifest if encrypted else "")


def ods(**sheets: list[list[str]]) -> bytes:
    def row(cells: list[str]) -> str:
        inside = "".join(
            f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in cells
        )
        return f"<table:table-row>{inside}</table:table-row>"

    tables = "".join(
        f'<table:table table:name="{name}">{"".join(map(row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    return _open_document("spreadsheet", f"<office:spreadsheet>{tables}</office:spreadsheet>")


def odp(*slides: str, notes: str = "") -> bytes:
    noted = f"<presentation:notes><text:p>{notes}</text:p></presentation:notes>"
    pages = "".join(f"<draw:page><text:p>{one}</text:p>{noted}</draw:page>" for one in slides)
    return _open_document("presentation", f"<office:presentation>{pages}</office:presentation>")
