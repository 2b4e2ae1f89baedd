"""Writes the attachments of tests/leaks/files with programs of others: openpyxl, python-docx, odfpy, reportlab and
Pillow. Numbers are made up; nobody has them but by chance.

    python -m venv venv && venv/bin/pip install openpyxl python-docx odfpy reportlab pillow
    venv/bin/python tests/leaks/generate.py tests/leaks/files
"""

import sys
from pathlib import Path

HERE = Path(sys.argv[1])


def check(first):
    """The check character of an identity number (GB 11643-1999, 4.2)."""
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return "10X98765432"[sum(int(d) * w for d, w in zip(first, weights)) % 11]


def person(number):
    """The identity number of the nth of some people."""
    first = f"4407031990{1 + number % 12:02}{1 + number % 28:02}{number:03}"
    return first + check(first)


def workbook():
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.workbook.defined_name import DefinedName

    book = Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet.append(["姓名", "证件", "电话"])
    sheet.append(["张三", person(1), "13800138001"])
    sheet.append(["李四", person(2), 13800138002])
    sheet.append(["王五", int(person(3)[:17] + "0"), "138****8003"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["A2"].comment = Comment(f"身份证 {person(4)}", "校对")
    hidden = book.create_sheet("底稿")
    hidden.sheet_state = "veryHidden"
    hidden["B7"] = person(5)
    book.defined_names["核对人"] = DefinedName("核对人", attr_text='"13800138006"')
    book.properties.description = "联系 13800138007"
    book.save(HERE / "openpyxl.xlsx")


def document():
    from docx import Document

    document = Document()
    line = document.add_paragraph("当事人张某，身份证号 ")
    for part in (person(11)[:6], person(11)[6:14], person(11)[14:]):
        line.add_run(part).bold = part.startswith("1")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "李某"
    table.rows[0].cells[1].text = person(12)
    document.sections[0].header.paragraphs[0].text = "经办人电话 13800138013"
    hidden = document.add_paragraph().add_run(f"底稿 {person(14)}")
    hidden.font.hidden = True
    document.add_comment(line.runs, text=f"核对 {person(15)}", author="校对")
    document.core_properties.comments = "13800138016"
    # Most of the file is styles that nothing uses.
    for style in list(document.styles):
        if style.name not in ("Normal", "Header", "Table Normal"):
            style.delete()
    part = document.part
    for name, relation in list(part.rels.items()):
        if "stylesWithEffects" in relation.target_ref:
            del part.rels[name]
    document.save(HERE / "python-docx.docx")


def open_document():
    from odf.office import Annotation
    from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    text = OpenDocumentText()
    line = P(text=f"身份证号 {person(21)}")
    note = Annotation()
    note.addElement(P(text="13800138022"))
    line.addElement(note)
    text.text.addElement(line)
    text.save(HERE / "odfpy.odt")
    sheet = OpenDocumentSpreadsheet()
    table = Table(name="名单")
    row = TableRow(visibility="collapse")
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=person(23)))
    row.addElement(cell)
    number = TableCell(valuetype="float", value="13800138024")
    number.addElement(P(text="13800138024"))
    row.addElement(number)
    table.addElement(row)
    sheet.spreadsheet.addElement(table)
    sheet.save(HERE / "odfpy.ods")


def page():
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    paper = canvas.Canvas(str(HERE / "reportlab.pdf"), pageCompression=1, invariant=1)
    paper.setSubject("13800138031")
    paper.setFont("Helvetica", 12)
    paper.drawString(72, 700, f"ID {person(32)}")
    paper.setFont("STSong-Light", 12)
    paper.drawString(72, 660, f"身份证号：{person(33)}")
    paper.drawString(72, 640, person(34)[:8])
    paper.drawString(72 + 6 * 8, 640, person(34)[8:])
    paper.bookmarkPage("p")
    paper.addOutlineEntry(person(35), "p")
    paper.showPage()
    paper.save()


def photograph():
    from PIL import Image

    picture = Image.new("RGB", (16, 16), "red")
    exif = Image.Exif()
    exif[0x010E] = "13800138041"
    places = exif.get_ifd(0x8825)
    places[1], places[2] = "N", (22.0, 34.0, 45.0)
    places[3], places[4] = "E", (113.0, 4.0, 30.0)
    picture.save(HERE / "pillow.jpg", exif=exif)
    picture.save(HERE / "pillow.png", exif=exif)
    picture.save(HERE / "pillow.webp", exif=exif)


for write in (workbook, document, open_document, page, photograph):
    write()
