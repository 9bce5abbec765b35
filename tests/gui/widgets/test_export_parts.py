"""The parts of the export dialog that draw: presets, rulers, page and preview."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.export.paper import SIZES
from gui.theme import DARK, LIGHT, PROJECTOR, Theme
from gui.widgets.export_checks import Check, Checks
from gui.widgets.export_command import CommandLine
from gui.widgets.export_page import COLUMN, PageSketch, lines_around, place_on_page
from gui.widgets.export_presets import PresetList
from gui.widgets.export_preview import PagePreview
from gui.widgets.export_rulers import NUMBERS_APART, TICKS_APART, ticks


def red(width: int = 85, height: int = 60) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor("#ff0000"))
    return image


# presets


def test_each_preset_says_its_size_and_one_is_chosen(qtbot: QtBot) -> None:
    presets = PresetList()
    qtbot.addWidget(presets)
    presets.choose("poster", SIZES["poster"][1:3])
    assert [name for name, row in presets.rows.items() if row.isChecked()] == ["poster"]
    assert presets.rows["paper-1col"].accessibleName() == "Paper, 1 column, 85 × 60 mm"
    assert presets.rows["own"].accessibleName() == "Own size"
    presets.choose("own", (120, 90))
    assert presets.rows["own"].accessibleName() == "Own size, 120 × 90 mm"


def test_presets_are_chosen_by_mouse_and_by_key(qtbot: QtBot) -> None:
    presets = PresetList()
    qtbot.addWidget(presets)
    presets.choose("slide", (0, 0))
    presets.show()
    chosen: list[str] = []
    presets.chosen.connect(chosen.append)
    qtbot.mouseClick(presets.rows["poster"], Qt.MouseButton.LeftButton)
    presets.activateWindow()
    presets.rows["poster"].setFocus()
    qtbot.waitUntil(presets.rows["poster"].hasFocus)
    QTest.keyClick(presets.rows["poster"], Qt.Key.Key_Up)
    assert chosen == ["poster", "paper-2col"]


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR], ids=lambda theme: theme.name)
def test_the_chosen_preset_stands_on_its_own_colour(qtbot: QtBot, theme: Theme) -> None:
    presets = PresetList()
    qtbot.addWidget(presets)
    presets.choose("slide", (0, 0))
    presets.dress(theme)
    presets.resize(300, presets.sizeHint().height())
    picture = presets.grab().toImage()
    assert picture.pixelColor(8, presets.rows["slide"].height() // 2) == QColor(theme.soft)
    assert picture.pixelColor(8, presets.rows["poster"].geometry().center().y()) != QColor(theme.soft)


# rulers


@pytest.mark.parametrize("length", [20.0, 85.0, 142.9, 400.0, 2000.0])
@pytest.mark.parametrize("scale", [0.3, 1.5, 6.8, 30.0])
def test_ticks_can_be_read_at_any_size(length: float, scale: float) -> None:
    made = ticks(length, scale)
    assert made[0].at == 0
    assert made[-1].at <= length
    apart = {round((b.at - a.at) * scale, 6) for a, b in pairwise(made)}
    assert not apart or min(apart) >= TICKS_APART
    numbered = [tick for tick in made if tick.words]
    assert all((b.at - a.at) * scale >= NUMBERS_APART for a, b in pairwise(numbered))
    assert all(float(tick.words) == tick.at for tick in numbered)


def test_a_column_has_a_tick_for_each_millimetre() -> None:
    made = ticks(85.0, 6.8)
    assert [tick.at for tick in made] == list(range(86))
    assert [tick.words for tick in made if tick.words] == [str(ten) for ten in range(0, 90, 10)]


# the page


def test_a_figure_stands_in_a_column_or_across_both_or_nowhere() -> None:
    column, wide = place_on_page(85, 60), place_on_page(176, 80)
    assert column
    assert wide
    assert column.left > 100
    assert column.width == COLUMN
    assert wide.left == pytest.approx(17)
    assert place_on_page(254, 143) is None
    assert place_on_page(85, 290) is None


@pytest.mark.parametrize("size", [(85, 60), (40, 200), (176, 80), (120, 40)])
def test_no_line_of_text_touches_the_figure(size: tuple[float, float]) -> None:
    figure = place_on_page(*size)
    assert figure
    lines = lines_around(figure)
    assert len(lines) > 20
    for line in lines:
        beside = line.left + COLUMN <= figure.left or line.left >= figure.left + figure.width
        apart = line.top + line.height <= figure.top or line.top >= figure.top + figure.height
        assert beside or apart


def test_the_sketch_shows_the_figure_where_it_will_be(qtbot: QtBot) -> None:
    sketch = PageSketch()
    qtbot.addWidget(sketch)
    sketch.resize(sketch.sizeHint())
    sketch.show_figure(red(), 85, 60)
    scale = (sketch.width() - 1) / 210
    picture = sketch.grab().toImage()
    assert picture.pixelColor(round(150 * scale), round(120 * scale)) == QColor("#ff0000")
    assert picture.pixelColor(round(60 * scale), round(120 * scale)) != QColor("#ff0000")
    sketch.show_figure(red(), 254, 143)
    assert not sketch.fits


# the preview


@pytest.mark.parametrize("size", [(85.0, 60.0), (400.0, 260.0), (60.0, 300.0)])
def test_a_page_fills_the_room_in_its_own_shape(qtbot: QtBot, size: tuple[float, float]) -> None:
    preview = PagePreview()
    qtbot.addWidget(preview)
    preview.resize(640, 460)
    preview.show_page(red(), *size)
    box = preview.page_box()
    assert box.width() / box.height() == pytest.approx(size[0] / size[1], rel=0.02)
    assert preview.rect().contains(box.toRect())
    assert preview.grab().toImage().pixelColor(box.center().toPoint()) == QColor("#ff0000")
    fills = [dots / (2 * side) for dots, side in zip(preview.room(), (box.width(), box.height()), strict=True)]
    assert min(fills) == pytest.approx(1, rel=0.02)


def test_words_stand_where_there_is_no_picture(qtbot: QtBot) -> None:
    preview = PagePreview()
    qtbot.addWidget(preview)
    preview.resize(640, 460)
    preview.show_page(red(), 85, 60)
    preview.show_words("It cannot be drawn.")
    assert preview.grab().toImage().pixelColor(preview.page_box().topLeft().toPoint() * 1.1) == QColor(LIGHT.panel)


# words


def test_what_is_true_has_a_sign_and_keeps_its_place(qtbot: QtBot) -> None:
    checks = Checks(2)
    qtbot.addWidget(checks)
    checks.show_check(0, Check("It is so"))
    checks.show_check(1, Check("<b>In grey</b>\nnot", "warn"))
    checks.dress(DARK)
    first, second = checks.places
    assert first.words.whole == "It is so"
    assert second.words.whole == "<b>In grey</b>↵not"
    assert second.words.property("tone") == "warn"
    assert not first._sign.isHidden()
    checks.show_check(0, Check("Nobody knows", "ink3"))
    assert first._sign.isHidden()


def test_the_whole_command_is_copied(qtbot: QtBot) -> None:
    line = CommandLine()
    qtbot.addWidget(line)
    line.resize(120, 32)
    command = "terrarium export " + "very-" * 40 + "long --panel loss"
    line.show_command(command)
    assert len(line.words.text()) < len(command)
    line.copy.click()
    assert QGuiApplication.clipboard().text() == command
