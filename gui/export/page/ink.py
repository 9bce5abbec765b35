"""Colours, lines and type of a paper, and words and strokes on its page, as calls. Lengths are millimetres."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from gui.export.page.drawing import Call
from gui.export.page.fonts import FEATURES, WEIGHTS, families, legible
from gui.export.page.measure import CAPITAL, MM_PER_POINT, line_height, width
from gui.export.paper import Paper
from gui.text import one_line
from gui.theme import mix

Side = Literal["left", "center", "right"]
Height = Literal["baseline", "center", "top", "bottom"]
PAGE = "page"  # axes all over the page, in millimetres
FAINT = 0.35  # of what comes after the step on show


class Ink(NamedTuple):
    paper: Paper

    # lengths

    @property
    def points(self) -> float:
        return self.paper.points

    @property
    def em(self) -> float:
        """Height of the type."""
        return self.points * MM_PER_POINT

    @property
    def line(self) -> float:
        """From line to line."""
        return line_height(self.points)

    @property
    def capital(self) -> float:
        """Height of a capital letter."""
        return CAPITAL * self.em

    def mm(self, pixels: float) -> float:
        """So many pixels of the theme."""
        return self.paper.line(pixels) * MM_PER_POINT

    def width(self, text: str, size: float = 1.0, bold: bool = False, mono: bool = False) -> float:
        """Of words in type `size` times as large as usual."""
        return width(one_line(text), size * self.points, mono, bold, self.paper.font)

    # colours

    def colour(self, token: str, opacity: float = 1.0) -> str:
        """#rrggbb of a name of the theme, laid on the page: nothing is left translucent, which not all files can be."""
        whole = token if token.startswith("#") else self.paper.theme.tokens()[token]
        return whole if opacity >= 1 else mix(self.page, whole, opacity).name()

    @property
    def page(self) -> str:
        return self.paper.theme.panel

    # calls

    def words(
        self,
        text: str,
        x: float,
        y: float,
        colour: str = "ink",
        side: Side = "left",
        height: Height = "baseline",
        size: float = 1.0,
        bold: bool = False,
        mono: bool = False,
        upward: bool = False,
    ) -> Call:
        """One line of text on the page; `upward` it is read from below."""
        named: dict[str, Any] = dict(self.type(text, colour, size, bold, mono))
        if upward:
            named |= {"rotation": 90, "rotation_mode": "anchor"}
        if (side, height) != ("left", "baseline"):
            named |= {"ha": side, "va": height}
        return Call(PAGE, "text", (round(x, 4), round(y, 4), self.legible(text, mono)), named)

    def legible(self, text: str, mono: bool = False) -> str:
        """One line that says what it holds, in characters that can be drawn."""
        return legible(one_line(text), self.paper.font, mono).text

    def type(
        self, text: str, colour: str = "ink", size: float = 1.0, bold: bool = False, mono: bool = False
    ) -> Mapping[str, Any]:
        """How words are set, as matplotlib names it; what is usual is left to its settings."""
        named: dict[str, Any] = {"fontfeatures": FEATURES}
        drawn = legible(one_line(text), self.paper.font, mono)
        if drawn.families != families(self.paper.font):
            named["family"] = drawn.families
        if size != 1.0:
            named["size"] = round(size * self.points, 3)
        if bold:
            named["weight"] = WEIGHTS[True]
        if colour != "ink":
            named["color"] = self.colour(colour)
        return named

    def stroke(
        self, x: Sequence[float], y: Sequence[float], colour: str, pixels: float = 1.0, dash: Sequence[float] = ()
    ) -> Call:
        """A line on the page."""
        named = {"color": self.colour(colour), "linewidth": self.paper.line(pixels), **self.dashes(dash)}
        return Call(PAGE, "plot", ([round(one, 4) for one in x], [round(one, 4) for one in y]), named)

    def area(self, x: Sequence[float], y: Sequence[float], colour: str) -> Call:
        """A filled shape on the page."""
        corners = ([round(one, 4) for one in x], [round(one, 4) for one in y])
        return Call(PAGE, "fill", corners, {"color": self.colour(colour), "linewidth": 0})

    def dashes(self, dash: Sequence[float]) -> Mapping[str, Any]:
        """Pixels of the theme to points, for `linestyle`."""
        return {"linestyle": (0, tuple(round(self.paper.line(part), 3) for part in dash))} if dash else {}
