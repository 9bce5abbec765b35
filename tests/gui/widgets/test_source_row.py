"""A row of the mixture in words and pixels."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from pytestqt.qtbot import QtBot

from gui.theme import LIGHT, PROJECTOR, Theme
from gui.widgets.loss_stroke import _points, paint_loss
from gui.widgets.source_columns import WIDTHS
from gui.widgets.source_figures import SourceFigures
from gui.widgets.source_row import SourceRow

FIGURES = SourceFigures(
    "/texts/<b>.txt", "<b>.txt", "8 MB", 0.4, read=0.401, seen=6.5, times_P=np.ones(4), held_out=0.1, live=True,
    steps=np.arange(0, 1000, 10.0), losses=np.linspace(6, 2, 100), loss=2.12, entropy=1.71,
)  # fmt: skip


@pytest.fixture
def row(qtbot: QtBot) -> SourceRow:
    made = SourceRow()
    qtbot.addWidget(made)
    made.resize(960, 36)
    made.show_figures(FIGURES, 990, 7.0)
    made.show()
    return made


def test_a_row_says_all_of_itself(row: SourceRow) -> None:
    assert row.sentence() == (
        "<b>.txt: weight 0.40, 40.1 % of all tokens so far, seen 6.5 times, "
        "validation loss 2.12 nats per token, at best 1.71."
    )
    assert row.fader.accessibleName() == "Weight of <b>.txt"
    assert "&lt;b&gt;" in row.fader.toolTip()


def test_what_is_under_the_pointer_is_explained(row: SourceRow) -> None:
    assert "part 1 of 4: seen 1.0 times" in row.words_at(row.box("strip", 16).topLeft() + QPointF(1, 1))
    assert "held out" in row.words_at(row.box("strip", 16).bottomRight() - QPointF(2, 1))
    assert row.words_at(row.box("name").center()) == row.sentence()


@pytest.mark.parametrize("theme", [LIGHT, PROJECTOR])
def test_what_was_read_too_often_and_what_waits_look_different(row: SourceRow, theme: object) -> None:
    row.dress(theme)  # type: ignore[arg-type]
    pictures = []
    for figures in (FIGURES, FIGURES._replace(seen=1.0), FIGURES._replace(bar="warn", note="was 0.20")):
        row.show_figures(figures, 990, 7.0)
        pictures.append(row.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]
    assert FIGURES.repeated
    assert not FIGURES._replace(seen=3.9).repeated


def test_a_long_curve_is_thinned_but_ends_where_it_is(row: SourceRow) -> None:
    steps = np.arange(0, 200_000, 20.0)
    long = FIGURES._replace(steps=steps, losses=np.linspace(6, 2, len(steps)))
    box = QRectF(0, 0, 80, 20)
    points, seen = _points(box, long, 8.0, 5000)
    assert len(points) < 170
    assert points[seen - 1].y() == pytest.approx(20 - 20 * long.losses[4999] / 8)
    assert (points[-1].x(), points[-1].y()) == pytest.approx((80, 15))


def test_nothing_of_a_curve_is_drawn_before_it_began() -> None:
    image = QImage(80, 20, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    before = image.copy()
    painter = QPainter(image)
    paint_loss(painter, QRectF(0, 0, 80, 20), SourceFigures("x", "x"), 5, 7.0, LIGHT)
    painter.end()
    assert image == before


def test_the_button_says_what_it_does(row: SourceRow) -> None:
    assert row.remove.statusTip() == "Leave <b>.txt out of the next run"
    row.show_figures(FIGURES._replace(leaves=True), 990, 7.0)
    assert (row.remove.accessibleName(), row.remove.statusTip()) == ("Keep <b>.txt", "Mix <b>.txt in the next run, too")


@pytest.mark.parametrize("theme", [LIGHT, PROJECTOR])
@pytest.mark.parametrize("size", ["2.56 MB", "88.8 kB", "444 GB"])
def test_a_size_is_never_cut(qtbot: QtBot, theme: Theme, size: str) -> None:
    least = WIDTHS["size"].least * theme.pixels("small") / 12
    assert QFontMetricsF(theme.font("small")).horizontalAdvance(size) <= least
