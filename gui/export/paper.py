"""What a sheet is drawn on: a size in millimetres, a type, colours. One declaration for dialog and command line."""

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from engine.declared import Declared, knob

if TYPE_CHECKING:
    from gui.theme import Theme

Preset = Literal["slide", "paper-1col", "paper-2col", "poster", "own"]
Format = Literal["pdf", "svg", "png", "eps"]
FORMATS: tuple[Format, ...] = get_args(Format)
MM_PER_INCH, POINTS_PER_INCH = 25.4, 72.0
HAIR_AT_8_PT = 0.5  # points that one pixel of a line becomes where the type has 8 points


class Size(NamedTuple):
    """In millimetres, and the type that suits it in points."""

    title: str
    width: float
    height: float
    type: float


SIZES: dict[Preset, Size] = {
    "slide": Size("Slide 16:9", 254.0, 142.9, 18.0),
    "paper-1col": Size("Paper, 1 column", 85.0, 60.0, 8.0),
    "paper-2col": Size("Paper, 2 columns", 176.0, 80.0, 8.0),
    "poster": Size("Poster", 400.0, 260.0, 28.0),
}


class Paper(Declared):
    """Width, height and type of 0 are those of the preset."""

    preset: Preset = knob("paper-1col", "What it is for: size and type follow", label="For")
    format: Format = knob("pdf", "PDF, SVG and EPS can be enlarged; PNG goes everywhere", label="File")
    look: Literal["light", "dark"] = knob("light", "Dark is for dark slides", label="Look")
    width: float = knob(0.0, "Of the page; 0 is that of the preset", 0.0, 2000.0, unit="mm", lowest="preset")
    height: float = knob(0.0, "Of the page; 0 is that of the preset", 0.0, 2000.0, unit="mm", lowest="preset")
    dpi: int = knob(300, "Dots per inch of a PNG", 36, 1200, unit="dpi")
    font: str = knob("Inter", "Type of all words but the model's own; another stands in where it is missing")
    type: float = knob(0.0, "Size of the type; 0 is that of the preset", 0.0, 200.0, unit="pt", lowest="preset")
    text: Literal["text", "outlines"] = knob(
        "text", "Text can be searched and edited; outlines look the same everywhere", label="Text as"
    )
    range: Literal["seen", "whole"] = knob("seen", "The stretch on screen, or all of the run", label="Range")
    legend: bool = knob(True, "What each line is")
    title: bool = knob(False, "What the figure shows, above it")
    hidden: tuple[str, ...] = knob((), "Layers that are left out, such as floors", label="Left out")

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        preset = SIZES.get(self.preset, SIZES["paper-1col"])
        return self.width or preset.width, self.height or preset.height

    @property
    def points(self) -> float:
        """Height of the type."""
        return self.type or SIZES.get(self.preset, SIZES["paper-1col"]).type

    @property
    def theme(self) -> "Theme":
        """Where colours come from; loaded when asked for, as the command line knows no Qt."""
        from gui.theme import DARK, LIGHT

        return DARK if self.look == "dark" else LIGHT

    def line(self, pixels: float) -> float:
        """Points that a line of so many pixels of the theme is wide."""
        return pixels * HAIR_AT_8_PT * self.points / 8.0
