"""How a Word file of the house looks: styles, page, language, properties, footer, and what python-docx has no words for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

from .figures import BLUE, INK
from .word_fit import MORE, OWN, SPACE

FONT = "Arial"
LANGUAGE = "en-GB"


def settle(document: Any, points: float) -> None:
    """Page and styles, running text in so many points."""
    shared, enum = import_module("docx.shared"), import_module("docx.enum.style")
    section = document.sections[0]
    section.page_width, section.page_height = shared.Cm(21.0), shared.Cm(29.7)
    section.left_margin = section.right_margin = shared.Cm(2.0)
    section.top_margin, section.bottom_margin = shared.Cm(1.6), shared.Cm(1.7)
    section.header_distance, section.footer_distance = shared.Cm(0.8), shared.Cm(0.8)
    for name, more in OWN.items():
        style = document.styles.add_style(name, enum.WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _look(style, points + more, (0, 2 if name == "Figure" else 0))
    for name, more in MORE.items():
        _look(document.styles[name], points + more, SPACE[name])
    for name in ("Title", "Heading 1", "Intense Quote"):
        document.styles[name].font.color.rgb = shared.RGBColor.from_string(BLUE.lstrip("#"))
    for name in ("Title", "Heading 1", "Caption", "Intense Quote"):
        document.styles[name].font.bold = name != "Intense Quote"
    quote = document.styles["Intense Quote"]
    quote.paragraph_format.left_indent = quote.paragraph_format.right_indent = shared.Cm(0)
    for name in ("Title", "Intense Quote"):
        for borders in document.styles[name].element.pPr.findall(_tag("w:pBdr")):
            borders.getparent().remove(borders)


def _look(style: Any, size: float, space: tuple[float, float]) -> None:
    shared = import_module("docx.shared")
    style.font.name, style.font.size = FONT, shared.Pt(size)
    style.font.italic = False
    style.font.color.rgb = shared.RGBColor.from_string(INK.lstrip("#"))
    fonts = style.element.rPr.find(_tag("w:rFonts"))
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_tag(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(_tag(f"w:{kind}"), FONT)
    for odd in ("w:spacing", "w:kern"):  # letters set apart, of the template's title
        for element in style.element.rPr.findall(_tag(odd)):
            style.element.rPr.remove(element)
    form = style.paragraph_format
    form.space_before, form.space_after = shared.Pt(space[0]), shared.Pt(space[1])
    form.line_spacing = 1.0


def british(document: Any) -> None:
    """The language of all text, and the version of Word that it is laid out for."""
    styles, settings = document.styles.element, document.settings.element
    defaults = styles.find(_tag("w:docDefaults")).find(_tag("w:rPrDefault")).find(_tag("w:rPr"))
    for language in styles.iter(_tag("w:lang")):
        language.getparent().remove(language)
    defaults.append(_element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"))
    for old in settings.findall(_tag("w:themeFontLang")):
        old.set(_tag("w:val"), LANGUAGE)
    for setting in settings.iter(_tag("w:compatSetting")):
        if setting.get(_tag("w:name")) == "compatibilityMode":
            setting.set(_tag("w:val"), "15")


def named_properties(document: Any, title: str, provenance: str, written: datetime) -> None:
    """Title, what it is, who made it, when, and in which language."""
    properties = document.core_properties
    properties.title, properties.subject, properties.author = title[:250], "Simulated data", "missing-sim"
    properties.comments, properties.language, properties.keywords = provenance[:250], LANGUAGE, "missing children, simulation, board paper"
    properties.last_modified_by, properties.created, properties.modified, properties.revision = "missing-sim", written, written, 1


def page_numbers(document: Any, words: str) -> None:
    """The footer: what it is, and page of pages."""
    footer = document.sections[0].footer
    paragraph = footer.paragraphs[0]
    paragraph.style = document.styles["Footer"]
    paragraph.add_run(f"{words} Page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, code: str) -> None:
    field = _element("w:fldSimple", instr=f" {code} ")
    run = import_module("docx.oxml").OxmlElement("w:r")
    text = import_module("docx.oxml").OxmlElement("w:t")
    text.text = "2"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def table_look(table: Any, caption: str, widths: Sequence[Any]) -> None:
    """Lines between rows, fixed widths, rows that stay whole, a header that is marked and comes again on a new page, words for who cannot see it."""
    enum = import_module("docx.enum.table")
    table.autofit, table.alignment = False, enum.WD_TABLE_ALIGNMENT.LEFT
    properties = table._tbl.tblPr
    borders = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color="BFBFBF"))
    margins = _element("w:tblCellMar")
    for side, room in (("top", "15"), ("left", "60"), ("bottom", "15"), ("right", "60")):
        margins.append(_element(f"w:{side}", w=room, type="dxa"))
    layout, look = properties.find(_tag("w:tblLayout")), properties.find(_tag("w:tblLook"))
    layout.addprevious(borders)  # the schema wants these in one order
    layout.addnext(margins)
    for name, value in (("firstRow", "1"), ("lastRow", "0"), ("firstColumn", "1"), ("lastColumn", "0"), ("noHBand", "1"), ("noVBand", "1")):
        look.set(_tag(f"w:{name}"), value)
    properties.append(_element("w:tblCaption", val=caption))
    properties.append(_element("w:tblDescription", val="One header row; the first column names each row."))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def shade_header(table: Any, colour: str) -> None:
    """White words on the house's blue."""
    shared = import_module("docx.shared")
    for cell in table.rows[0].cells:
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=colour))
        for paragraph in cell.paragraphs:
            for run in paragraph.runs:
                run.font.bold, run.font.color.rgb = True, shared.RGBColor(255, 255, 255)
    for row in table.rows[1:]:
        for run in row.cells[0].paragraphs[0].runs:
            run.font.bold = True


def _tag(name: str) -> str:
    return str(import_module("docx.oxml.ns").qn(name))


def _element(tag: str, /, **attributes: str) -> Any:
    found = import_module("docx.oxml").OxmlElement(tag)
    for key, value in attributes.items():
        found.set(_tag(f"w:{key}"), value)
    return found
