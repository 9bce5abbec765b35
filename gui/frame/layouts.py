"""The named layouts, built in code: which docks are where, and how wide in a window of any size."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

Docks = Mapping[str, QDockWidget]  # by title
ACROSS, DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
GAP = 8
NARROW, WIDE = 1280, 1600  # windows the column widths are given for
LEAST_LOSS, LEAST_SAMPLES = 171, 118  # with their titles; the axis and three lines of text stay


class Sizes(NamedTuple):
    """In pixels, gaps left out."""

    widths: dict[str, int]
    heights: dict[str, int]


class Layout(NamedTuple):
    name: str
    shortcut: str
    help: str
    lecture: bool
    docks: tuple[str, ...]  # those that are seen
    place: Callable[[QMainWindow, Docks], None]
    sizes: Callable[[int, int, float], Sizes]  # of a window's width, the panels' height, the type's scale
    front: tuple[str, ...] = ()  # of those that share a place


def place_overview(area: QMainWindow, docks: Docks) -> None:
    """Three columns, the samples under the first two."""
    area.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks["Experiment"])
    area.splitDockWidget(docks["Experiment"], docks["Attention"], ACROSS)
    area.splitDockWidget(docks["Experiment"], docks["Samples"], DOWN)
    area.splitDockWidget(docks["Experiment"], docks["Loss"], ACROSS)
    area.splitDockWidget(docks["Loss"], docks["Predictions"], DOWN)


def overview_sizes(width: int, height: int, scale: float) -> Sizes:
    """Loss and attention grow with the window, the experiment with the type."""
    share = min(max((width / scale - NARROW) / (WIDE - NARROW), 0.0), 1.0)
    experiment = round((232 + share * (264 - 232)) * scale)
    attention = round(416 + (max(width, NARROW) - NARROW) * (512 - 416) / (WIDE - NARROW))
    samples, predictions = lower_heights(height - 2 * GAP, share, scale)
    middle = width - experiment - attention - 4 * GAP
    loss = height - samples - predictions - 2 * GAP
    return Sizes(
        {"Experiment": experiment, "Loss": middle, "Attention": attention},
        {"Loss": loss, "Predictions": predictions, "Samples": samples},
    )


def lower_heights(height: int, share: float, scale: float) -> tuple[int, int]:
    """Of the samples and the predictions: two lines of tokens where the loss keeps its axis, and less where not."""
    samples = round((136 + share * (152 - 136)) * scale)
    predictions = min(round(268 * scale), round(height * 0.47))
    lacking = max(0, round(LEAST_LOSS * scale) - (height - samples - predictions))
    given = min(lacking, samples - round(LEAST_SAMPLES * scale))
    return samples - given, predictions - (lacking - given)


def place_lecture(area: QMainWindow, docks: Docks) -> None:
    """Two panels side by side."""
    area.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks["Loss"])
    area.splitDockWidget(docks["Loss"], docks["Predictions"], ACROSS)


def lecture_sizes(width: int, height: int, scale: float) -> Sizes:
    """The loss a little wider, for the names of its floors."""
    loss = round((width - 3 * GAP) * 0.575)
    return Sizes({"Loss": loss, "Predictions": width - 3 * GAP - loss}, {})


def place_data(area: QMainWindow, docks: Docks) -> None:
    """Two rows: texts above, tokens below; documents and spoiling share a place."""
    area.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks["Mixture"])
    area.splitDockWidget(docks["Mixture"], docks["Merges"], DOWN)
    area.splitDockWidget(docks["Mixture"], docks["Spoiling bench"], ACROSS)
    area.splitDockWidget(docks["Merges"], docks["Compare tokenizers"], ACROSS)
    area.tabifyDockWidget(docks["Spoiling bench"], docks["Documents"])


def data_sizes(width: int, height: int, scale: float) -> Sizes:
    """As the texts need, so the tokens are given; both rows as high as each other."""
    room, upper = width - 3 * GAP, (height - GAP) // 2
    mixture, merges = round(room * 0.635), round(room * 0.505)
    return Sizes(
        {
            "Mixture": mixture,
            "Spoiling bench": room - mixture,
            "Merges": merges,
            "Compare tokenizers": room - merges,
        },
        {"Mixture": upper, "Merges": height - GAP - upper},
    )


def place_compare(area: QMainWindow, docks: Docks) -> None:
    """The library on the left; the curves over the samples, and beside them what differs."""
    area.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks["Runs"])
    area.splitDockWidget(docks["Runs"], docks["Overlay"], ACROSS)
    area.splitDockWidget(docks["Overlay"], docks["Side by side"], DOWN)
    area.splitDockWidget(docks["Overlay"], docks["What differs"], ACROSS)


def compare_sizes(width: int, height: int, scale: float) -> Sizes:
    """The curves grow with the window."""
    share = min(max((width / scale - NARROW) / (WIDE - NARROW), 0.0), 1.0)
    runs, differs = (round((least + share * more) * scale) for least, more in ((288, 64), (344, 88)))
    lower = round(min(240 * scale, height * 0.36))
    return Sizes(
        {"Runs": runs, "Overlay": width - runs - differs - 4 * GAP, "What differs": differs},
        {"Overlay": height - GAP - lower, "Side by side": lower},
    )


ALL = ("Experiment", "Loss", "Predictions", "Attention", "Samples")
OVERVIEW = Layout("Overview", "Ctrl+1", "Everything at a glance", False, ALL, place_overview, overview_sizes)
LECTURE = Layout(
    "Lecture",
    "Ctrl+4",
    "Two panels, to be read from the back row",
    True,
    ("Loss", "Predictions"),
    place_lecture,
    lecture_sizes,
)
DATA = Layout(
    "Data",
    "Ctrl+2",
    "What the model reads: mixed, spoiled and cut into tokens",
    False,
    ("Mixture", "Spoiling bench", "Documents", "Merges", "Compare tokenizers"),
    place_data,
    data_sizes,
    ("Spoiling bench",),
)
COMPARE = Layout(
    "Compare",
    "Ctrl+3",
    "All runs: laid over each other, told apart, branched",
    False,
    ("Runs", "Overlay", "What differs", "Side by side"),
    place_compare,
    compare_sizes,
)
LAYOUTS = {layout.name: layout for layout in (OVERVIEW, DATA, COMPARE, LECTURE)}
