"""Exporting from the window: by menu, by a panel's button, by dragging, and from the panel that is meant."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.export.wish import remembered
from gui.frame.export import figures as export_figures
from gui.frame.export import work as export_work
from gui.frame.export.dialog import ExportDialog
from gui.frame.export.figures import focused
from gui.panels.loss import LossPanel
from gui.panels.panel import Panel
from tests.fakes import events
from tests.gui.conftest import Desk


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is really drawn here."""
    monkeypatch.setattr(export_work, "figure_bytes", lambda *_: _png())
    monkeypatch.setattr(export_work, "fitted", lambda _, paper: paper)
    monkeypatch.setattr(export_work, "write_figure", _written)


def _png() -> bytes:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (8, 6)).save(out, "png")
    return out.getvalue()


def _written(sheet: object, paper: object, origin: object, path: Path, overwrite: bool) -> Iterator[float]:
    yield 0.5
    path.write_bytes(b"drawn")
    return path


@pytest.fixture
def trained(desk: Desk) -> Desk:
    desk.show()
    for event in events(6):
        desk.session.recording.add(event)
    desk.session.playhead.follow(desk.session.recording)
    desk.window.take_in()
    return desk


def loss(desk: Desk) -> Panel:
    return next(panel for panel in desk.window.panels if isinstance(panel, LossPanel))


def asked(desk: Desk) -> ExportDialog:
    (dialog,) = desk.window.findChildren(ExportDialog)
    return dialog


def test_the_menu_asks_about_the_loss_where_nothing_has_the_focus(trained: Desk) -> None:
    trained.window.setFocus()
    trained.window.figures.ask()
    dialog = asked(trained)
    assert dialog.isVisible()
    assert dialog.parts.about.whole.startswith("Loss, ")
    assert f"step {trained.session.recording.last_step:,}" in dialog.parts.about.whole
    dialog.reject()


def test_the_panel_with_the_focus_is_meant(trained: Desk) -> None:
    other = next(panel for panel in trained.window.panels if panel.title == "Samples")
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    other.setFocus()
    assert focused(trained.window.panels) is other
    trained.window.setFocus()
    assert focused(trained.window.panels) is loss(trained)


def test_what_is_empty_is_not_exported(desk: Desk) -> None:
    desk.show()
    said: list[tuple[str, str]] = []
    desk.window.steering.troubled.connect(lambda *words: said.append(words))
    desk.window.figures.ask()
    assert said == [("Loss has nothing to export yet.", "There is no loss yet: press play.")]
    assert not desk.window.findChildren(ExportDialog)


def test_each_panel_has_a_button_except_in_a_lecture(trained: Desk) -> None:
    rows = {name: dock.title_row for name, dock in trained.window.desk.docks.items()}
    for name, row in rows.items():
        assert row.export.isHidden() == (name in ("Experiment", "Runs")), name
        assert row.export.accessibleName() == f"Export {name}"
    rows["Loss"].export.click()
    dialog = asked(trained)
    assert dialog.parts.about.whole.startswith("Loss, ")
    dialog.reject()
    trained.window.show_layout("lecture")
    assert rows["Loss"].export.isHidden()


def test_choices_are_remembered(trained: Desk) -> None:
    trained.window.figures.ask()
    dialog = asked(trained)
    dialog.parts.form.formats.chosen.emit("svg")
    dialog.reject()
    assert remembered(trained.window.memory.word(export_figures.KEPT, "")).paper.format == "svg"
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    trained.window.figures.ask()
    assert asked(trained).parts.footer.path().suffix == ".svg"
    asked(trained).reject()


def test_the_command_names_the_run_and_the_step_looked_back_at(trained: Desk) -> None:
    session = trained.session
    step = 3
    session.playhead.seek(step, session.recording)
    loss(trained).choose(smoothing=7)
    trained.window.figures.ask()
    dialog = asked(trained)
    words = dialog.parts.middle.command.words.whole
    assert words.startswith("terrarium export ")
    assert "--panel loss --preset paper-1col --format pdf" in words
    assert f"--steps {step}" in words
    assert "--option smoothing=7" in words
    dialog.reject()


# dragging


def drag(desk: Desk, way: int) -> None:
    """Press the button and move that far."""
    handle = desk.window.desk.docks["Loss"].title_row.export
    middle = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    place = QPointF(middle + QPoint(way, 0))
    button = Qt.MouseButton.LeftButton
    move = QMouseEvent(
        QEvent.Type.MouseMove, place, handle.mapToGlobal(place), Qt.MouseButton.NoButton, button, Qt.NoModifier
    )
    QApplication.sendEvent(handle, move)
    QTest.mouseRelease(handle, button, pos=middle)


class FakeDrag(QDrag):
    """Stands in for the system's, which would wait for a drop."""

    begun: list[QMimeData]

    def exec(self, action: object) -> None:
        FakeDrag.begun.append(self.mimeData())


@pytest.fixture
def drags(monkeypatch: pytest.MonkeyPatch) -> list[QMimeData]:
    FakeDrag.begun = []
    monkeypatch.setattr(export_figures, "QDrag", FakeDrag)
    return FakeDrag.begun


def test_a_figure_is_dragged_out_as_a_file(
    trained: Desk, drags: list[QMimeData], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    drag(trained, 40)
    trained.qtbot.waitUntil(lambda: bool(drags))
    (url,) = drags[0].urls()
    path = Path(url.toLocalFile())
    assert path.read_bytes() == b"drawn"
    assert path.name.endswith(f"-loss-{trained.session.recording.last_step}.pdf")
    assert bytes(drags[0].data("application/pdf")) == b"drawn"
    assert not trained.window.findChildren(ExportDialog)


def test_letting_go_before_it_is_drawn_drags_nothing(trained: Desk, drags: list[QMimeData]) -> None:
    drag(trained, 40)
    trained.qtbot.waitUntil(lambda: not trained.window.figures._line.busy)
    assert not drags


def test_a_shaky_click_is_still_a_click(trained: Desk, drags: list[QMimeData]) -> None:
    drag(trained, 2)
    asked(trained).reject()
    assert not drags


@pytest.mark.parametrize("ours", [True, False])
def test_a_figure_dropped_on_its_own_window_is_no_text(trained: Desk, ours: bool, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([(tmp_path / "a.pdf").as_uri()])

    class Entering(QDragEnterEvent):
        def source(self) -> object:
            return trained.window if ours else None

    event = Entering(QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.NoModifier)
    event.ignore()
    trained.window.dragEnterEvent(event)
    assert event.isAccepted() is not ours
