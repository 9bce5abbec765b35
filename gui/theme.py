"""Every colour, size, font and line, named once: light, dark and projector, at reading size or at lecture size.

Widgets, the style sheet and the icons all take their looks from here. A theme is frozen and handed to whoever draws;
there is no current theme anywhere.
"""

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPen

Role = Literal["caption", "small", "body", "title", "token", "axis_token", "readout", "state", "hero"]

INTERFACE = ("Inter", "Segoe UI Variable Text", "Segoe UI", "SF Pro Text", "Helvetica Neue", "Noto Sans", "DejaVu Sans")
MODEL_TEXT = ("JetBrains Mono", "Cascadia Mono", "Consolas", "SF Mono", "Menlo", "Noto Sans Mono", "DejaVu Sans Mono")
MOSTLY_INK = 0.92  # the strongest loss tint, so that ink stays readable on it


class Type(NamedTuple):
    """Heights in pixels at 96 dpi, and the weight of one role of text."""

    reading: int
    lecture: int  # in a window 1600 wide
    weight: int = 400
    lecture_weight: int = 400
    mono: bool = False


TYPES: dict[Role, Type] = {
    "caption": Type(11, 32),
    "small": Type(12, 32),
    "body": Type(13, 40),
    "title": Type(13, 44, 600, 700),
    "token": Type(14, 40, 500, 500, mono=True),
    "axis_token": Type(12, 32, 400, 400, mono=True),
    "readout": Type(15, 56, 500, 500),
    "state": Type(18, 56, 600, 700),
    "hero": Type(28, 72, 700, 700),
}


@dataclass(frozen=True)
class Lines:
    """Widths in pixels."""

    hair: float = 1
    floor: float = 1
    raw: float = 1
    curve: float = 2.25
    validation: float = 1.25
    ring: float = 2.5  # radius
    playhead: float = 2
    chosen: float = 2
    dash3: tuple[float, ...] = (2, 4)  # of line3: dash and gap


@dataclass(frozen=True)
class Theme:
    name: str
    window: str
    panel: str
    field: str
    hover: str
    line: str
    grid: str
    edge: str
    mask: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    on_accent: str
    soft: str
    line1: str
    line2: str
    line2_text: str
    line3: str
    line4: str
    bar: str
    good: str
    warn: str
    bad: str
    warn_soft: str
    bad_soft: str
    tint: str
    ptint: str
    dark: bool = False
    lines: Lines = Lines()
    raw_opacity: float = 0.3
    lecture: bool = False  # large type, read from 8 m
    scale: float = 1.0

    def at_lecture_size(self, width: int) -> "Theme":
        """The same colours with type and lines to be read from the back row, in a window `width` pixels wide."""
        thick = Lines(hair=2, floor=2, raw=1.5, curve=6, validation=2.5, ring=5, playhead=5, chosen=4, dash3=(5, 8))
        return replace(self, lecture=True, scale=max(0.5, width / 1600), lines=thick, raw_opacity=0.35)

    def pixels(self, role: Role) -> int:
        """Height of a role's text in pixels."""
        kind = TYPES[role]
        return round(kind.lecture * self.scale) if self.lecture else round(kind.reading * self.scale)

    def font(self, role: Role, weight: int | None = None) -> QFont:
        """Digits keep their places; in mono `->` stays two characters."""
        kind = TYPES[role]
        usual = kind.lecture_weight if self.lecture else kind.weight
        return QFont(make_font(self.pixels(role), weight or usual, kind.mono))

    def pen(self, colour: str, width: float = 1, dash: tuple[float, ...] = ()) -> QPen:
        """`colour` is #rrggbb; dashes are in pixels."""
        pen = QPen(QColor(colour), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dash:
            pen.setDashPattern([part / width for part in dash])
        return pen

    def faint(self, colour: str, opacity: float) -> QColor:
        shade = QColor(colour)
        shade.setAlphaF(opacity)
        return shade

    def loss_tint(self, nats: float) -> QColor:
        """Background of a token, by its loss: 0 is the panel, 6 nats and more the full tint."""
        return mix(self.panel, self.tint, loss_share(nats))

    def chance_tint(self, chance: float) -> QColor:
        """Background of a guess, by its chance from 0 to 1."""
        return mix(self.field, self.ptint, min(0.8 * max(chance, 0.0) ** 0.8, 0.78))

    def tokens(self) -> dict[str, str]:
        """Every colour by its name, for the style sheet."""
        return {f.name: value for f in fields(self) if isinstance(value := getattr(self, f.name), str)}


@lru_cache(maxsize=128)  # painting asks for the same few again and again
def make_font(pixels: int, weight: int, mono: bool) -> QFont:
    """The interface's or the model's type; not to be changed by whoever gets it."""
    font = QFont()
    font.setFamilies(list(MODEL_TEXT if mono else INTERFACE))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    if mono:
        font.setFeature(QFont.Tag("calt"), 0)
        font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def loss_share(nats: float) -> float:
    """How much of the tint stands behind a token, from 0 to MOSTLY_INK."""
    return float(MOSTLY_INK * (min(max(nats, 0.0), 6.0) / 6) ** 0.85)


def mix(one: str, other: str, share: float) -> QColor:
    """`share` of `other` in `one`, in sRGB."""
    a, b = QColor(one), QColor(other)
    parts = zip((a.redF(), a.greenF(), a.blueF()), (b.redF(), b.greenF(), b.blueF()), strict=True)
    return QColor.fromRgbF(*(x + (y - x) * share for x, y in parts))


LIGHT = Theme(
    name="light",
    window="#F3F4F2",
    panel="#FFFFFF",
    field="#F1F3F1",
    hover="#E9ECE9",
    line="#E2E6E2",
    grid="#EDF0ED",
    edge="#8A938D",
    mask="#F1F3F1",
    ink="#18201C",
    ink2="#4A554F",
    ink3="#66706A",
    accent="#1E7A4C",
    on_accent="#FFFFFF",
    soft="#E6F3EB",
    line1="#0072B2",
    line2="#D55E00",
    line2_text="#B84A00",
    line3="#A8487F",
    line4="#5E4200",
    bar="#A8CDE6",
    good="#00805D",
    warn="#8A5F00",
    bad="#B3261E",
    warn_soft="#FBF1DC",
    bad_soft="#FBE9E7",
    tint="#E8843C",
    ptint="#3A8FC4",
)
DARK = Theme(
    name="dark",
    window="#101412",
    panel="#181D1A",
    field="#222925",
    hover="#2A322D",
    line="#2A312D",
    grid="#222824",
    edge="#6A766F",
    mask="#1F2521",
    ink="#E6EBE8",
    ink2="#A9B4AE",
    ink3="#89948E",
    accent="#5FC795",
    on_accent="#0B1210",
    soft="#1C3529",
    line1="#56B4E9",
    line2="#E69F00",
    line2_text="#E69F00",
    line3="#CC79A7",
    line4="#F4EC70",
    bar="#2C5068",
    good="#2DBE93",
    warn="#E6B04A",
    bad="#FF8A7A",
    warn_soft="#33290F",
    bad_soft="#3A1E1B",
    tint="#A44E12",
    ptint="#2B7FB3",
    dark=True,
)
PROJECTOR = Theme(
    name="projector",
    window="#FFFFFF",
    panel="#FFFFFF",
    field="#EEF0EE",
    hover="#E2E6E2",
    line="#B9C1BC",
    grid="#DDE2DE",
    edge="#59635D",
    mask="#EEF0EE",
    ink="#000000",
    ink2="#1F2622",
    ink3="#3A433E",
    accent="#0B5D35",
    on_accent="#FFFFFF",
    soft="#D5EBDF",
    line1="#005A94",
    line2="#B84A00",
    line2_text="#B84A00",
    line3="#8A2F66",
    line4="#3D2B00",
    bar="#6FA9D2",
    good="#00664A",
    warn="#7A5400",
    bad="#A31515",
    warn_soft="#FBF1DC",
    bad_soft="#FBE9E7",
    tint="#E8843C",
    ptint="#3A8FC4",
    lines=Lines(hair=1, floor=1.5, raw=1.25, curve=3.5, validation=2, ring=3.5, playhead=3, chosen=3, dash3=(3, 5)),
    raw_opacity=0.4,
    scale=1.25,
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK, PROJECTOR)}
