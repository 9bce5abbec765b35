"""Fonts as PDF wants them: matplotlib embeds every font as TrueType, also those whose outlines are not.

Fonts such as Inter come with cubic outlines (CFF). Embedded under the wrong name they are empty boxes in some readers
and refused by printers; so their outlines are turned into TrueType's, a thousandth of the type apart at most.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

EMBEDDING = "matplotlib.backends._backend_pdf_ps"
ERROR = 1 / 1000  # of the type's height


@contextmanager
def truetype_alone() -> Iterator[None]:
    """Whatever is embedded meanwhile has TrueType outlines. Not to be entered by two threads at once."""
    embedding: Any = import_module(EMBEDDING)
    subset = embedding.get_glyphs_subset

    def converted(*arguments: Any) -> Any:
        made = subset(*arguments)  # nothing but the glyphs that are used, as a context manager
        return _entered(made)

    embedding.get_glyphs_subset = converted
    try:
        yield
    finally:
        embedding.get_glyphs_subset = subset


@contextmanager
def _entered(made: Any) -> Iterator[Any]:
    with made as result:
        if "CFF " in result.font:
            convert(result.font)
        yield result


def convert(font: Any) -> None:
    """Cubic outlines to quadratic ones, in place. `font` is a fontTools TTFont with a table “CFF ”."""
    new_table = import_module("fontTools.ttLib").newTable
    order = font.getGlyphOrder()
    glyphs = dict(_quadratic(font))
    font["loca"], font["glyf"] = new_table("loca"), new_table("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    for name, glyph in glyphs.items():
        glyph.recalcBounds(font["glyf"])
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = advance, glyph.xMin
    _declare(font)


def _quadratic(font: Any) -> Iterator[tuple[str, Any]]:
    quadratic: Any = import_module("fontTools.pens.cu2quPen").Cu2QuPen
    glyph_pen: Any = import_module("fontTools.pens.ttGlyphPen").TTGlyphPen
    drawn, error = font.getGlyphSet(), ERROR * font["head"].unitsPerEm
    for name in font.getGlyphOrder():
        pen = glyph_pen(None)
        drawn[name].draw(quadratic(pen, error, reverse_direction=True))  # TrueType goes round the other way
        yield name, pen.glyph()


def _declare(font: Any) -> None:
    """What the font says about itself must fit."""
    new_table = import_module("fontTools.ttLib").newTable
    maxp = new_table("maxp")
    maxp.tableVersion, maxp.numGlyphs = 0x00010000, len(font.getGlyphOrder())
    unused = ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions")
    for name in (*unused, "ComponentElements", "ComponentDepth", "CompositePoints", "CompositeContours"):
        setattr(maxp, f"max{name}", 0)
    maxp.maxZones = 1
    font["maxp"] = maxp
    post = font["post"]
    post.formatType, post.extraNames, post.mapping, post.glyphOrder = 2.0, [], {}, font.getGlyphOrder()
    font.sfntVersion = "\x00\x01\x00\x00"
    maxp.recalc(font)
