"""The export dialog: what is chosen, what is shown of it, and what is saved, copied and remembered."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.trouble import Trouble
from gui.export.paper import Paper
from gui.export.provenance import Provenance
from gui.export.sheet import Axis, Curve, Level, Plot, Row, Sheet
from gui.export.wish import Wish
from gui.frame.export import work as export_work
from gui.frame.export.dialog import ExportDialog
from gui.frame.export.work import Subject
from gui.theme import DARK, LIGHT, PROJECTOR, Theme

X = np.arange(1.0, 6.0)
ORIGIN = Provenance("amber-heron", 2418, "0123456789ab", "1.0", "Loss")
COLOURS = {"light": "#ff0000", "dark": "#000040"}


def sheet(whole: bool = False) -> Sheet:
    axes = Axis("Step", low=1, high=5), Axis("Loss", "nats per token", 0, 5)
    marks = (
        Level("bigram", 3.0),
        Curve("training", X, X, "line1"),
        Curve("every step", X, X, "line1", layer="every step", legend=False),
    )
    plot = Plot(*axes, marks, whole=axes if whole else None)
    return Sheet("Loss", "Loss", (Row((plot,)),))


class Drawn:
    """Stands in for what draws, and remembers on which papers it was asked to."""

    def __init__(self) -> None:
        self.papers: list[Paper] = []
        self.trouble: Trouble | None = None

    def figure_bytes(self, sheet: Sheet, paper: Paper, origin: Provenance, form: str | None = None) -> bytes:
        if self.trouble:
            raise self.trouble
        form = form or paper.format
        self.papers.append(paper.model_copy(update={"format": form}))
        if form == "png":
            out = BytesIO()
            size = tuple(round(side / 25.4 * paper.dpi) for side in paper.size)
            Image.new("RGB", size, COLOURS[paper.look]).save(out, "png")
            return out.getvalue()
        return {"svg": b"<svg><text/></svg>", "pdf": b"/FontFile2" * 1234, "eps": b"no words"}[form]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    made = Drawn()
    monkeypatch.setattr(export_work, "figure_bytes", made.figure_bytes)
    monkeypatch.setattr(export_work, "fitted", lambda sheet, paper: paper)
    return made


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(1600, 900)
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.fixture
def opened(qtbot: QtBot, parent: QWidget, drawn: Drawn, tmp_path: Path) -> Iterator[Callable[..., ExportDialog]]:
    def open_one(wish: Wish | None = None, theme: Theme = LIGHT, whole: bool = False) -> ExportDialog:
        wish = wish or Wish(folder=str(tmp_path))
        dialog = ExportDialog(parent, theme, Subject(sheet(whole), ORIGIN), wish, lambda wish: wish.paper.preset)
        dialog.open()
        qtbot.waitExposed(dialog)
        settle(qtbot, dialog)
        return dialog

    yield open_one
    for dialog in parent.findChildren(ExportDialog):
        dialog.reject()


def settle(qtbot: QtBot, dialog: ExportDialog) -> None:
    """Everything that was asked is drawn."""
    qtbot.waitUntil(lambda: bool(dialog.parts.footer.said.whole) and not dialog.line.busy)


def press(dialog: ExportDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    button.click()


def shown_colour(dialog: ExportDialog) -> str:
    page = dialog.parts.middle.page
    return page.grab().toImage().pixelColor(page.page_box().center().toPoint()).name()


# what is shown


def test_it_says_what_is_exported_and_shows_it(opened: Callable[..., ExportDialog]) -> None:
    dialog = opened()
    parts = dialog.parts
    assert parts.about.whole == "Loss, amber-heron, step 2,418"
    assert parts.footer.name.text() + parts.footer.name.suffix == "amber-heron-loss-2418.pdf"
    assert parts.footer.said.whole == "12 kB"
    assert parts.middle.measures.text() == "85.0 × 60.0 mm"
    assert "text 8 pt · thinnest line 0.5 pt" in parts.middle.facts.whole
    assert shown_colour(dialog) == COLOURS["light"]
    checks = [place.words.whole for place in parts.middle.checks.places]
    assert checks == ["Text stays text, font embedded", "Readable in grey", "Same view as on screen"]
    assert parts.middle.command.words.whole == "paper-1col"


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR, PROJECTOR.at_lecture_size(1600)], ids=str)
def test_it_fits_its_window_in_every_theme(opened: Callable[..., ExportDialog], parent: QWidget, theme: Theme) -> None:
    dialog = opened(theme=theme)
    assert dialog.width() <= parent.width()
    assert dialog.height() <= parent.height()
    for button in (dialog.parts.footer.copy_picture, dialog.parts.footer.save):
        assert dialog.rect().contains(button.mapTo(dialog, button.rect().bottomRight()))
        assert button.fontMetrics().horizontalAdvance(button.text()) < button.width()
    assert not dialog.parts._right.verticalScrollBar().isVisible()


def test_it_is_seen_in_grey(opened: Callable[..., ExportDialog]) -> None:
    dialog = opened()
    press(dialog, "grey")
    grey = shown_colour(dialog)
    assert len({grey[1:3], grey[3:5], grey[5:7]}) == 1
    press(dialog, "colour")
    assert shown_colour(dialog) == COLOURS["light"]


def test_the_page_is_shown_for_what_fits_on_one(qtbot: QtBot, opened: Callable[..., ExportDialog]) -> None:
    dialog = opened()
    assert dialog.parts._page_words.isVisible()
    dialog.parts.presets.rows["slide"].click()
    settle(qtbot, dialog)
    assert not dialog.parts._page_words.isVisible()


# what is chosen


def test_a_preset_brings_its_size_and_type(qtbot: QtBot, opened: Callable[..., ExportDialog], drawn: Drawn) -> None:
    dialog = opened()
    form = dialog.parts.form
    dialog.parts.presets.rows["poster"].click()
    settle(qtbot, dialog)
    assert [field.number.text() for field in (form.width_field, form.height_field, form.type)] == [
        "400.0",
        "260.0",
        "28.0",
    ]
    assert drawn.papers[-1].preset == "poster"
    assert dialog.parts.middle.command.words.whole == "poster"


def test_a_typed_width_makes_a_size_of_its_own(qtbot: QtBot, opened: Callable[..., ExportDialog], drawn: Drawn) -> None:
    dialog = opened()
    number = dialog.parts.form.width_field.number
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "120")
    QTest.keyClick(number, Qt.Key.Key_Tab)
    settle(qtbot, dialog)
    paper = drawn.papers[-1]
    assert (paper.preset, paper.size, paper.points) == ("own", (120.0, 60.0), 8.0)
    assert dialog.parts.presets.rows["own"].isChecked()
    dialog.parts.presets.rows["paper-1col"].click()
    assert number.text() == "85.0"


def test_enter_in_a_number_means_the_number_and_else_saves(
    qtbot: QtBot, opened: Callable[..., ExportDialog], drawn: Drawn, tmp_path: Path
) -> None:
    dialog = opened()
    number = dialog.parts.form.width_field.number
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "120")
    QTest.keyClick(number, Qt.Key.Key_Return)
    settle(qtbot, dialog)
    assert drawn.papers[-1].size == (120.0, 60.0)
    assert not list(tmp_path.iterdir())
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        QTest.keyClick(dialog.parts.footer.name, Qt.Key.Key_Return)
    assert (tmp_path / "amber-heron-loss-2418.pdf").exists()


def test_a_size_that_cannot_be_is_refused_in_words(opened: Callable[..., ExportDialog]) -> None:
    dialog = opened()
    number = dialog.parts.form.width_field.number
    for typed, said in (("3", "Width goes from 20.0 to 2000.0 mm."), ("x", "“x” is not a number.")):
        number.setFocus()
        number.selectAll()
        QTest.keyClicks(number, typed)
        QTest.keyClick(number, Qt.Key.Key_Tab)
        assert dialog.parts._trouble.isVisible()
        assert dialog.parts._trouble_words.text() == said
        assert number.text() == "85.0"


def test_only_the_newest_choice_is_drawn(qtbot: QtBot, opened: Callable[..., ExportDialog], drawn: Drawn) -> None:
    dialog = opened()
    before = len(drawn.papers)
    for name in ("dark", "light", "dark"):
        press(dialog, name)
    settle(qtbot, dialog)
    assert shown_colour(dialog) == COLOURS["dark"]
    assert len(drawn.papers) - before <= 4


def test_layers_are_those_of_the_sheet(qtbot: QtBot, opened: Callable[..., ExportDialog], drawn: Drawn) -> None:
    dialog = opened(Wish().on(hidden=("flags",)))
    boxes = dialog.parts.form.boxes.boxes
    assert [box.text() for box in boxes.values()] == ["Legend", "Floors", "Every step", "Title"]
    boxes["floors"].click()
    settle(qtbot, dialog)
    assert drawn.papers[-1].hidden == ("flags", "floors")
    boxes["floors"].click()
    boxes["title"].click()
    settle(qtbot, dialog)
    assert (drawn.papers[-1].hidden, drawn.papers[-1].title) == (("flags",), True)


def test_a_range_is_chosen_only_where_there_is_another(opened: Callable[..., ExportDialog], qtbot: QtBot) -> None:
    assert not opened().parts.form.range.isEnabled()
    dialog = opened(whole=True)
    field = dialog.parts.form.range
    assert field.isEnabled()
    field.setCurrentIndex(1)
    field.activated.emit(1)
    settle(qtbot, dialog)
    assert dialog.parts.middle.checks.places[2].words.whole == "More than on screen: all of the run"


@pytest.mark.parametrize(
    ("form", "said"), [("png", "1,004 × 709 dots"), ("svg", "Text stays text"), ("eps", "No text is in the file")]
)
def test_what_is_said_of_a_file_was_found_in_it(
    qtbot: QtBot, opened: Callable[..., ExportDialog], form: str, said: str
) -> None:
    dialog = opened()
    press(dialog, form)
    settle(qtbot, dialog)
    assert dialog.parts.middle.checks.places[0].words.whole == said
    assert dialog.parts.form.dpi.isVisible() == (form == "png")
    assert dialog.parts.footer.path().suffix == f".{form}"


# what comes of it


def test_what_is_there_is_replaced_only_by_that_word(
    opened: Callable[..., ExportDialog], tmp_path: Path, qtbot: QtBot
) -> None:
    there = tmp_path / "mine.pdf"
    there.write_text("mine")
    dialog = opened()
    footer = dialog.parts.footer
    assert footer.save.text() == "Save"
    footer.name.selectAll()
    QTest.keyClicks(footer.name, "mine")
    assert footer.save.text() == "Replace"
    assert "replaced" in footer.said.whole
    dialog.reject()
    assert there.read_text() == "mine"


def test_numbers_beside_it_are_not_replaced_unsaid(opened: Callable[..., ExportDialog], tmp_path: Path) -> None:
    (tmp_path / "amber-heron-loss-2418.csv").write_text("mine")
    dialog = opened()
    assert dialog.parts.footer.save.text() == "Save"
    dialog.parts.numbers.boxes.boxes["csv"].click()
    assert dialog.parts.footer.save.text() == "Replace"


def test_a_name_is_needed(opened: Callable[..., ExportDialog]) -> None:
    dialog = opened()
    footer = dialog.parts.footer
    footer.name.selectAll()
    QTest.keyClick(footer.name, Qt.Key.Key_Delete)
    assert not footer.save.isEnabled()
    dialog.accept()
    assert dialog.isVisible()


def test_a_path_may_be_typed(opened: Callable[..., ExportDialog], tmp_path: Path) -> None:
    footer = opened().parts.footer
    footer.name.setText("deeper/it.v2.PDF")
    assert footer.path() == tmp_path / "deeper" / "it.v2.pdf"
    footer.name.setText("/elsewhere/a b")
    assert footer.path() == Path("/elsewhere/a b.pdf")


def test_saving_writes_everything_says_so_and_is_remembered(
    opened: Callable[..., ExportDialog], tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = opened()
    told: list[tuple[str, Path]] = []
    kept: list[Wish] = []
    dialog.told.connect(lambda words, folder: told.append((words, folder)))
    dialog.wished.connect(kept.append)
    boxes = dialog.parts.numbers.boxes.boxes
    boxes["csv"].click()
    boxes["script"].click()
    press(dialog, "dark")
    dialog.parts.footer.folder = tmp_path / "new"
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.parts.footer.save.click()
    written = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert {"amber-heron-loss-2418.csv", "amber-heron-loss-2418.pdf", "amber-heron-loss-2418.py"} <= set(written)
    words = f"Saved amber-heron-loss-2418.pdf and {len(written) - 1} more files in {tmp_path / 'new'}."
    assert told == [(words, tmp_path / "new")]
    assert [(wish.paper.look, wish.script, wish.folder) for wish in kept] == [("dark", True, str(tmp_path / "new"))]


def test_what_cannot_be_written_is_said_and_can_be_tried_again(
    opened: Callable[..., ExportDialog], tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("")
    dialog = opened()
    dialog.parts.footer.folder = tmp_path / "file"
    dialog.parts.footer.save.click()
    qtbot.waitUntil(lambda: dialog.parts._trouble.isVisible())
    assert "cannot be written" in dialog.parts._trouble_words.text()
    assert dialog.parts.footer.save.isEnabled()


def test_what_cannot_be_drawn_is_said_in_its_place(
    opened: Callable[..., ExportDialog], qtbot: QtBot, drawn: Drawn
) -> None:
    dialog = opened()
    drawn.trouble = Trouble("The page is too small.", "Make it larger.")
    press(dialog, "dark")
    settle(qtbot, dialog)
    assert dialog.parts.middle.page._words == "The page is too small. Make it larger."
    drawn.trouble = None
    press(dialog, "light")
    settle(qtbot, dialog)
    assert shown_colour(dialog) == COLOURS["light"]


def test_a_picture_is_copied_at_twice_the_size_of_screens(opened: Callable[..., ExportDialog], qtbot: QtBot) -> None:
    dialog = opened()
    dialog.parts.footer.copy_picture.click()
    qtbot.waitUntil(lambda: "Copied" in dialog.parts.footer.said.whole)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.hasImage()
    assert QGuiApplication.clipboard().image().width() == round(85 / 25.4 * 192)
    assert mime.data("image/png").startsWith(b"\x89PNG")


def test_a_vector_is_copied_as_svg_and_pdf(opened: Callable[..., ExportDialog], qtbot: QtBot) -> None:
    dialog = opened(Wish().on(format="png"))
    dialog.parts.footer.copy_vector.click()
    qtbot.waitUntil(lambda: "Copied" in dialog.parts.footer.said.whole)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.data("image/svg+xml").startsWith(b"<svg")
    assert mime.data("application/pdf").startsWith(b"/FontFile2")
    assert not mime.hasImage()


def test_escape_closes_and_keeps_the_choices(opened: Callable[..., ExportDialog]) -> None:
    dialog = opened()
    kept: list[Wish] = []
    dialog.wished.connect(kept.append)
    press(dialog, "svg")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert [wish.paper.format for wish in kept] == ["svg"]
    assert not dialog.line.share("preview")


def test_everything_has_a_name_and_can_be_reached_by_key(opened: Callable[..., ExportDialog], qtbot: QtBot) -> None:
    dialog = opened()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    seen: list[QWidget] = []
    for _ in range(80):
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
        here = dialog.focusWidget()
        assert here is not None
        if here in seen:
            break
        seen.append(here)
    assert all(widget.accessibleName() or getattr(widget, "text", str)() for widget in seen)
    for widget in (*dialog.parts.numbers.boxes.boxes.values(), dialog.parts.footer.name, dialog.parts.form.range):
        assert widget in seen or not widget.isEnabled()
