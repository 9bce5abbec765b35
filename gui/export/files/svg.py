"""An SVG file made whole: its size in millimetres, and the letters it uses, so that it looks the same everywhere."""

import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from gui.export.page.drawing import Drawing
from gui.export.page.fonts import WEIGHTS, characters, file_of
from gui.export.paper import Paper

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Face = tuple[str, bool]  # a family of fonts, and whether it is bold
SIZE = re.compile(rb'width="[\d.]+pt" height="[\d.]+pt"')
PLAIN = 'text{white-space:pre;font-variant-ligatures:none;font-feature-settings:"tnum","calt" 0,"liga" 0}'
OF_EDITORS = ("FFTM", "PfEd", "TSI0", "TSI1", "TSI2", "TSI3", "TSI5", "TSIV")  # tables that only a font editor reads
KEPT = ("tnum", "kern", "mark", "mkmk", "ccmp", "init", "medi", "fina", "isol", "rlig", "locl")  # what words need


def finished(whole: bytes, figure: "Figure", drawing: Drawing, paper: Paper) -> bytes:
    """`whole` is what matplotlib wrote for the figure."""
    size = f'width="{drawing.width:g}mm" height="{drawing.height:g}mm"'.encode()
    whole = SIZE.sub(size, whole, count=1)
    if paper.text == "outlines":
        return whole
    rules = "".join([PLAIN, *faces(used(figure))])
    return whole.replace(b"</style>", f"{rules}</style>".encode(), 1)


def faces(used: Mapping[Face, str]) -> Iterator[str]:
    """A rule of CSS for every font that is used, with nothing but the letters that are."""
    for (family, bold), letters in sorted(used.items()):
        font = b64encode(subset(family, bold, letters)).decode()
        weight = WEIGHTS[bold]
        source = f"url(data:font/woff;base64,{font}) format('woff')"
        yield f"@font-face{{font-family:'{family}';font-weight:{weight};src:{source}}}"


def used(figure: "Figure") -> dict[Face, str]:
    """Letters by family, and whether they are bold; each in the first of the families that has it."""
    from matplotlib.text import Text

    found: dict[Face, set[str]] = defaultdict(set)
    for words in figure.findobj(Text):
        for letter in words.get_text():
            family = next((one for one in words.get_fontfamily() if ord(letter) in characters(one)), None)
            if family and words.get_visible():
                found[family, words.get_fontweight() == WEIGHTS[True]].add(letter)
    return {key: "".join(sorted(letters)) for key, letters in found.items()}


def subset(family: str, bold: bool, letters: str) -> bytes:
    """A font in the format WOFF."""
    fonts: Any = import_module("fontTools.subset")

    path = file_of(family, bold)
    options = fonts.Options(
        flavor="woff", font_number=getattr(path, "face_index", 0), layout_features=list(KEPT), notdef_outline=True
    )
    with fonts.load_font(str(getattr(path, "path", path)), options) as font:
        options.drop_tables += [tag for tag in font.keys() if tag in OF_EDITORS]  # noqa: SIM118 - a font is no mapping
        chosen = fonts.Subsetter(options)
        chosen.populate(text=letters)
        chosen.subset(font)
        out = BytesIO()
        fonts.save_font(font, out, options)
    return out.getvalue()
