"""Runs side by side on paper: the texts they wrote as columns, or one text in the tokens of each, below each other."""

from gui.export.sheet import Paragraph, Row, Sheet, Tiles, Words
from gui.panels.side_by_side_picture import ALONE, SideBySide
from gui.widgets.run_card import Part
from gui.widgets.shown import line_named
from gui.widgets.tiles_on_paper import on_paper

PANEL, TITLES = "Side by side", {"samples": "What the runs write", "probe": "How surprised the runs are"}
EMPTY = "No run is on show."
NOTHING_ASKED = "No run has been asked yet."
MOST_COLUMNS = 4  # more would be too narrow to read; the others stand below


def side_by_side_figure(picture: SideBySide) -> Sheet:
    """Of all runs on show, in their order."""
    title = TITLES[picture.view]
    if not picture.parts:
        return Sheet(PANEL, title, (), EMPTY)
    said = (sentence(picture.subtitle),) if picture.subtitle else ()
    if picture.view == "samples":
        columns = min(len(picture.parts), MOST_COLUMNS)
        words = Words(tuple(_paragraph(part) for part in picture.parts), columns=columns)
        return Sheet(PANEL, title, (Row((words,)),), notes=said)
    asked = [part for part in picture.parts if part.tiles]
    remarks = tuple(ended(f"{part.name}: {part.remark}") for part in picture.parts if part.remark)
    return Sheet(PANEL, title, (Row((_tokens(asked),)),), "" if asked else NOTHING_ASKED, (*said, *remarks))


def sentence(words: str) -> str:
    """Begins with a capital and ends; what asks the person at the screen to do something stays there."""
    kept = words.removesuffix(ALONE).rstrip(", ")
    return ended(f"{kept[:1].upper()}{kept[1:]}")


def ended(words: str) -> str:
    """With a full stop, where there is none."""
    return words if words.endswith((".", "”", "…")) else f"{words}."


def _paragraph(part: Part) -> Paragraph:
    return Paragraph(
        part.text,
        part.prompt,
        part.name,
        model=False,
        aside=f"loss {part.value}" if part.value else "",
        after=part.after,
        remark=part.remark,
        line=line_named(part.place),
    )


def _tokens(parts: list[Part]) -> Tiles:
    return Tiles(
        tuple(tuple(on_paper(tile) for tile in part.tiles) for part in parts),
        tuple(f"{part.name}  {part.value}".rstrip() for part in parts),
        "Loss of each token",
        "nats",
        lines=tuple(line_named(part.place) for part in parts),
    )
