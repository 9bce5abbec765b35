"""The pictures of a panel's film: the sheet of each step, with what came later left out and the axes standing still."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from gui.export.film.choices import Film
from gui.export.sheet import Cursor, Curve, Flag, Mark, Plot, Sheet

WIDE_MM = 254.0  # of a picture on paper: the type of a slide suits it
MM_PER_INCH = 25.4


def pictures(sheets: Iterable[Sheet], film: Film) -> Iterator[np.ndarray]:
    """Each of shape YX3, uint8, of the film's size."""
    return (picture(sheet, film) for sheet in sheets)


def picture(sheet: Sheet, film: Film) -> np.ndarray:
    """One sheet as pixels of shape YX3."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from gui.export.page.compose import compose
    from gui.export.page.drawing import perform, under
    from gui.export.paper import Paper

    width, height = film.size
    high = WIDE_MM * height / width
    titled = film.title or film.counter
    paper = Paper(preset="slide", width=WIDE_MM, height=high, look=film.look, title=titled)
    drawing = compose(sheet, paper)
    with under(drawing.settings):
        figure = perform(drawing)
        figure.set_dpi(width * MM_PER_INCH / WIDE_MM)
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
    drawn_YX4 = np.asarray(canvas.buffer_rgba())
    return fitted(drawn_YX4[..., :3], width, height)


def fitted(picture_YX3: np.ndarray, width: int, height: int) -> np.ndarray:
    """Exactly this size: rounding may have made a row or a column too few or too many."""
    rows, columns = height - picture_YX3.shape[0], width - picture_YX3.shape[1]
    padded = np.pad(picture_YX3, ((0, max(0, rows)), (0, max(0, columns)), (0, 0)), mode="edge")
    return np.ascontiguousarray(padded[:height, :width])


def sheets(at: Callable[[int], Sheet], steps: Iterable[int], film: Film, run: str) -> Iterator[Sheet]:
    """`at` gives the sheet of a step."""
    for step in steps:
        sheet = grown(at(step))
        title = f"{sheet.title} · {run}" if film.title else ""
        yield sheet._replace(title=title, aside=f"step {step:,}" if film.counter else "")


def grown(sheet: Sheet) -> Sheet:
    """Only what there was at the step on show: on screen the rest of a curve is faint, in a film it is yet to come."""
    return sheet.with_plots(_grown)


def _grown(plot: Plot) -> Plot:
    here = next((mark.x for mark in plot.marks if isinstance(mark, Cursor)), _without(plot))
    marks = (_until(mark, here) for mark in plot.marks)
    return plot._replace(marks=tuple(mark for mark in marks if mark is not None), legend_above=True)


def _without(plot: Plot) -> float:
    """No step is marked: before the first one, or at the last."""
    return -np.inf if any(isinstance(mark, Curve) and mark.live == 0 for mark in plot.marks) else np.inf


def _until(mark: Mark, here: float) -> Mark | None:
    match mark:
        case Curve(live=int(live)):
            return mark._replace(x=mark.x[:live], y=mark.y[:live], live=None)
        case Flag() if mark.x > here:
            return None
        case Cursor():
            return None
    return mark
