"""Samples on paper: what the model wrote at several steps, oldest first, or newest first in one column."""

from gui.export.sheet import Paragraph, Row, Sheet, Words
from gui.panels.samples_picture import Samples, facts, places_of, sample
from gui.widgets.sample_card import Sample

TITLE = "Samples"
EMPTY = "The model has not written anything yet."


def samples_figure(picture: Samples, columns: int) -> Sheet:
    """So many stand side by side; 1 is a column with the newest on top, as on screen."""
    if not picture.written:
        return Sheet(TITLE, TITLE, (), EMPTY)
    places = places_of(picture, columns)
    written = [_paragraph(sample(picture, place)) for place in (places if columns > 1 else reversed(places))]
    words = Words(tuple(written), columns=max(1, min(columns, len(written))))
    return Sheet(TITLE, TITLE, (Row((words,)),), notes=(_note(picture, len(written)),))


def _paragraph(sample: Sample) -> Paragraph:
    return Paragraph(
        sample.text,
        sample.prompt,
        f"Step {sample.step:,}",
        model=False,
        after=sample.after,
        strong=sample.when == "now",
        faint=sample.when == "later",
    )


def _note(picture: Samples, shown: int) -> str:
    """How they were made: of the one that belongs to the step on show."""
    wrote = picture.written[max(picture.now, 0)]
    said = [" ".join(part for part in fact if part) for fact in facts(wrote, shown, len(picture.written))]
    said[0] = said[0].replace("prompt", "Prompt", 1)
    return f"{', '.join(said)}."
