"""Strips as calls: everything is drawn on the page's own axes, in millimetres from its lower left corner."""

from collections.abc import Callable, Iterator, Sequence

from gui.export.flow.look import Align, wide
from gui.export.flow.strip import Box, Image, Mark, Strip, Stroke, Text
from gui.export.page.drawing import Call, Data
from gui.export.page.ink import PAGE, Ink

BELOW, BETWEEN = 0.5, 1.0  # matplotlib's order: boxes, then images, then lines, then words

Names = Callable[[str], str]  # a fresh name for a kind of thing: "heads" gives "heads2"


def drawn(strips: Sequence[Strip], left: float, top: float, ink: Ink, names: Names) -> list[Call]:
    """`left` and `top` are where the first strip begins, in millimetres on the page."""
    placed = [(mark, at) for mark, at in _placed(strips, top) if not isinstance(mark, Text) or mark.words.strip()]
    boxes = [(mark, at) for mark, at in placed if isinstance(mark, Box)]
    rest = (_call(mark, left, at, ink, names) for mark, at in placed if not isinstance(mark, Box))
    return [*([_boxes(boxes, left, ink)] if boxes else []), *rest]


def _placed(strips: Sequence[Strip], top: float) -> Iterator[tuple[Mark, float]]:
    """Each mark with the millimetres on the page from which it counts downward."""
    for strip in strips:
        for mark in strip.marks:
            yield mark, top
        top -= strip.height


def _boxes(boxes: Sequence[tuple[Box, float]], left: float, ink: Ink) -> Call:
    """One call for all. A round join around a smaller box is what rounds its corners."""
    corners = [min(box.corner, box.width / 2, box.height / 2) for box, _ in boxes]
    inner = list(zip(boxes, corners, strict=True))
    colours = [ink.colour(box.colour) for box, _ in boxes]
    return Call(
        PAGE,
        "barh",
        (
            [round(at - box.top - box.height + corner, 4) for (box, at), corner in inner],
            [round(box.width - 2 * corner, 4) for (box, _), corner in inner],
            [round(box.height - 2 * corner, 4) for (box, _), corner in inner],
            [round(left + box.left + corner, 4) for (box, _), corner in inner],
        ),
        {
            "align": "edge",
            "color": colours,
            "edgecolor": colours,
            "linewidth": [round(2 * corner * ink.points / ink.em, 3) for corner in corners],
            "joinstyle": "round",
            "zorder": BELOW,
        },
    )


def _call(mark: Text | Stroke | Image, left: float, top: float, ink: Ink, names: Names) -> Call:
    match mark:
        case Text():
            size, mono, bold = mark.look
            flush = wide(mark.words, ink, mark.look) if mark.align == "right" else 0.0  # digits line up only so
            side: Align = "left" if flush else mark.align
            place = left + mark.x - flush, top - mark.base
            return ink.words(mark.words, *place, mark.colour, side, "baseline", size, bold, mono)
        case Stroke():
            across, up = [left + x for x, _ in mark.points], [top - down for _, down in mark.points]
            made = ink.stroke(across, up, mark.colour, mark.pixels, mark.dash)
            return made._replace(named={**made.named, "solid_capstyle": "butt"})
        case Image():
            return _image(mark, left, top, names)


def _image(image: Image, left: float, top: float, names: Names) -> Call:
    extent = (left + image.left, left + image.left + image.width, top - image.top - image.height, top - image.top)
    place = {"extent": tuple(round(edge, 4) for edge in extent), "aspect": "auto"}
    pixels = Data(names("heads"), image.pixels_YX3)
    return Call(PAGE, "imshow", (pixels,), {**place, "interpolation": "none", "zorder": BETWEEN})
