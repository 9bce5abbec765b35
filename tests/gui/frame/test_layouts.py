"""The layouts as they are meant, at every size, and as a person left them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QRect, Qt
from PySide6.QtTest import QTest

from gui.app import make_application
from gui.frame.layouts import DATA, LAYOUTS, NARROW, OVERVIEW, WIDE, data_sizes, overview_sizes
from gui.frame.screens import is_seen
from gui.panels.predictions import PredictionsPanel
from gui.widgets.token_strip import Tile
from tests.fakes import recording
from tests.gui.conftest import Desk


def widths(desk: Desk) -> dict[str, int]:
    return {name: dock.width() for name, dock in desk.window.desk.docks.items()}


def seen(desk: Desk) -> set[str]:
    return {name for name, dock in desk.window.desk.docks.items() if dock.content.isVisible()}


def test_the_columns_are_those_of_the_drawings() -> None:
    wide, narrow = overview_sizes(WIDE, 768, 1.0).widths, overview_sizes(NARROW, 668, 1.0).widths
    assert wide == {"Experiment": 264, "Loss": 792, "Attention": 512}
    assert narrow == {"Experiment": 232, "Loss": 600, "Attention": 416}


def test_wider_windows_leave_the_experiment_as_it_is() -> None:
    assert overview_sizes(2400, 1000, 1.0).widths["Experiment"] == 264
    assert overview_sizes(2400, 1000, 1.0).widths["Loss"] > 1000


@pytest.mark.parametrize("size", [(1280, 800), (1600, 900), (1920, 1080)])
def test_the_overview_fits_the_window(desk: Desk, size: tuple[int, int]) -> None:
    desk.window.resize(*size)
    desk.show()
    wanted = overview_sizes(size[0], desk.window.desk.height() - 8, 1.0).widths
    assert desk.window.size().toTuple() == size
    assert {name: widths(desk)[name] for name in wanted} == pytest.approx(wanted, abs=2)
    assert seen(desk) == set(OVERVIEW.docks)


@pytest.mark.parametrize(
    ("size", "theme"), [((1280, 800), "light"), ((1600, 900), "light"), ((1600, 900), "projector")]
)
def test_the_overview_has_room_for_two_lines_of_tokens(desk: Desk, size: tuple[int, int], theme: str) -> None:
    desk.window.show_theme(theme)
    desk.window.resize(*size)
    desk.show()
    panel = next(panel for panel in desk.window.panels if isinstance(panel, PredictionsPanel))
    panel.refresh(recording(1), 1)
    panel.strip.show_tiles(tuple(Tile(f"·w{n}", 1.0) for n in range(18)), 0)
    desk.settle()
    assert panel.strip.verticalScrollBar().maximum() == 0


def test_the_first_sentence_is_seen_whole(desk: Desk) -> None:
    desk.show()
    panel = next(panel for panel in desk.window.panels if isinstance(panel, PredictionsPanel))
    panel.refresh(recording(1), 1)
    words = "M|ira|·put|·the|·lantern|·on|·the|·t|a|ble|·because|·the|·roo|m|·was|·dark|.|?"
    panel.strip.show_tiles(tuple(Tile(word, 1.0) for word in words.split("|")), 0)
    desk.settle()
    assert panel.strip.verticalScrollBar().maximum() == 0


def test_the_overview_follows_the_window_until_a_hand_arranges_it(desk: Desk) -> None:
    desk.show()
    desk.window.resize(1900, 1000)
    desk.settle()
    assert widths(desk)["Experiment"] == pytest.approx(264, abs=2)
    gap = desk.window.desk.docks["Experiment"].geometry().right() + 4
    QTest.mousePress(desk.window.desk, Qt.MouseButton.LeftButton, pos=QRect(gap, 200, 1, 1).topLeft())
    QTest.mouseRelease(desk.window.desk, Qt.MouseButton.LeftButton, pos=QRect(gap, 200, 1, 1).topLeft())
    assert desk.window.desk.touched


def test_the_lecture_shows_two_panels_in_large_type_and_no_menus(desk: Desk) -> None:
    desk.show()
    QTest.keyClick(desk.window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert seen(desk) == {"Loss", "Predictions"}
    assert desk.window.theme.lecture
    assert not desk.window.head.menu_row.isVisible()
    assert not desk.window.status_line.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F11])
def test_keys_lead_out_of_the_lecture(desk: Desk, key: Qt.Key) -> None:
    desk.show()
    desk.window.show_layout("lecture")
    QTest.keyClick(desk.window, key)
    assert desk.window.layout_name == "Overview"
    assert seen(desk) == set(OVERVIEW.docks)
    assert not desk.window.theme.lecture
    assert not desk.window.isFullScreen()


def test_lecture_type_grows_with_the_window_in_steps(desk: Desk) -> None:
    desk.show()
    desk.window.show_layout("lecture")
    first = desk.window.theme
    desk.window.resize(1601, 900)
    assert desk.window.theme is first
    desk.window.resize(1930, 1080)
    assert desk.window.theme.scale == 1.2


def test_closed_panels_come_back_from_the_view_menu(desk: Desk) -> None:
    desk.show()
    dock = desk.window.desk.docks["Samples"]
    dock.close()
    assert "Samples" not in seen(desk)
    dock.toggleViewAction().trigger()
    assert "Samples" in seen(desk)


def test_a_panel_floats_and_is_put_back(desk: Desk) -> None:
    desk.show()
    dock = desk.window.desk.docks["Attention"]
    float_action = dock.title_row.menu().actions()[0]
    float_action.trigger()
    assert dock.isFloating()
    desk.window.reset_layout()
    desk.settle()
    assert not dock.isFloating()
    assert widths(desk)["Attention"] == pytest.approx(512, abs=2)


def test_an_arrangement_by_hand_is_there_at_the_next_start(open_desk: Callable[[], Desk]) -> None:
    first = open_desk()
    first.show()
    first.window.desk.docks["Samples"].close()
    first.window.close()
    second = open_desk()
    second.show()
    assert seen(second) == set(OVERVIEW.docks) - {"Samples"}
    second.window.reset_layout()
    assert seen(second) == set(OVERVIEW.docks)


def test_the_chosen_layout_and_theme_are_there_at_the_next_start(open_desk: Callable[[], Desk], tmp_path: Path) -> None:
    first = open_desk()
    first.show()
    first.window.show_layout("lecture")
    first.window.close()
    second = open_desk()
    assert second.window.layout_name == "Lecture"


def test_a_layout_kept_by_another_version_is_forgotten(open_desk: Callable[[], Desk]) -> None:
    first = open_desk()
    first.window.memory.keep_state("Overview", QByteArray(b"not a state"))
    first.window.close()
    second = open_desk()
    second.show()
    assert seen(second) == set(OVERVIEW.docks)


def test_every_layout_has_a_key_and_known_docks(desk: Desk) -> None:
    for layout in LAYOUTS.values():
        assert layout.shortcut
        assert set(layout.docks) <= set(desk.window.desk.docks)


def heights(desk: Desk) -> dict[str, int]:
    return {name: desk.window.desk.docks[name].height() for name in ("Loss", "Predictions", "Samples")}


def filled(desk: Desk) -> None:
    """Every panel has something to show."""
    run = recording(30)
    for panel in desk.window.panels:
        panel.refresh(run, 30)
    desk.settle()


def inside(desk: Desk) -> None:
    """No panel is larger than its frame."""
    for panel in desk.window.panels:
        if panel.isVisible():
            assert panel.parentWidget().rect().contains(panel.geometry()), panel.title


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize("size", [(1280, 800), (1600, 900), (1920, 1080)])
def test_texts_stand_above_tokens_in_the_layout_data(desk: Desk, size: tuple[int, int], theme: str) -> None:
    desk.window.resize(*size)
    desk.show()
    desk.window.show_theme(theme)
    desk.window.show_layout("data")
    desk.settle()
    filled(desk)
    inside(desk)
    assert seen(desk) == set(DATA.docks) - {"Documents"}
    docks = desk.window.desk.docks
    wanted = data_sizes(size[0], desk.window.desk.height() - 8, desk.window.theme.scale)
    assert {name: docks[name].width() for name in wanted.widths} == pytest.approx(wanted.widths, abs=2)
    assert docks["Mixture"].height() == pytest.approx(wanted.heights["Mixture"], abs=2)
    places = [docks[name].geometry() for name in seen(desk)]
    assert not any(a.intersects(b) for place, a in enumerate(places) for b in places[:place])


def test_documents_share_a_place_with_the_spoiling_bench(desk: Desk) -> None:
    desk.show()
    desk.window.show_layout("data")
    desk.settle()
    docks = desk.window.desk.docks
    assert docks["Documents"] in desk.window.desk.tabifiedDockWidgets(docks["Spoiling bench"])
    docks["Documents"].raise_()
    desk.settle()
    assert docks["Documents"].content.isVisible()
    assert not docks["Spoiling bench"].content.isVisible()


def test_a_panel_that_is_not_in_the_layout_can_be_added(desk: Desk) -> None:
    desk.show()
    desk.window.desk.docks["Mixture"].toggleViewAction().trigger()
    desk.settle()
    assert seen(desk) == {*OVERVIEW.docks, "Mixture"}
    assert not desk.window.desk.docks["Mixture"].isFloating()


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("size", [(1280, 800), (1600, 900)])
def test_content_moves_no_border_and_nothing_overlaps(desk: Desk, size: tuple[int, int], theme: str) -> None:
    desk.window.resize(*size)
    desk.show()
    before = heights(desk)
    filled(desk)
    assert heights(desk) == before
    desk.window.show_theme("projector" if theme == "light" else "light")
    desk.settle()
    desk.window.show_theme(theme)
    desk.settle()
    wanted = overview_sizes(size[0], desk.window.desk.height() - 8, desk.window.theme.scale).heights
    assert heights(desk) == pytest.approx(wanted, abs=2)
    docks = [desk.window.desk.docks[name].geometry() for name in OVERVIEW.docks]
    assert not any(a.intersects(b) for place, a in enumerate(docks) for b in docks[:place])
    inside(desk)


def test_small_windows_keep_room_for_the_axis_of_the_loss() -> None:
    narrow = overview_sizes(1280, 643, 1.25).heights
    assert narrow["Loss"] >= 172 * 1.25 - 1
    assert sum(narrow.values()) == 643 - 16


def test_the_tabs_are_whole_after_every_theme_and_the_lecture(desk: Desk) -> None:
    make_application([])  # with the letters of the real program
    tabs = desk.window.head.menu_row.tabs
    desk.show()
    for theme in ("projector", "light"):
        desk.window.show_theme(theme)
        desk.window.show_layout("lecture")
        for layout in ("overview", "data", "compare"):  # the chosen tab is wider than the others
            desk.window.show_layout(layout)
            desk.settle()
            assert tabs.tabRect(tabs.count() - 1).right() < tabs.width()
        assert tabs.tabRect(tabs.count() - 1).width() >= tabs.fontMetrics().horizontalAdvance("Lecture")
    assert not tabs.usesScrollButtons()


@pytest.mark.parametrize(
    ("place", "there"),
    [
        (QRect(100, 100, 1600, 900), True),
        (QRect(2500, 100, 1600, 900), False),
        (QRect(-1550, 100, 1600, 900), False),
        (QRect(1700, 900, 1600, 900), True),
    ],
)
def test_a_window_counts_as_seen_when_it_can_be_grabbed(place: QRect, there: bool) -> None:
    assert is_seen(place, [QRect(0, 0, 1920, 1080)]) is there
