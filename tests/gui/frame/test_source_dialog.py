"""The dialog that adds a source: each kind, what can be chosen of it, and what comes out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.corpus.built_in import BUILT_IN
from gui.frame.source_dialog import SourceDialog
from gui.theme import LIGHT
from gui.widgets.labels import PlainLabel
from tests.gui.conftest import Desk


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[SourceDialog]:
    parent = PlainLabel("")
    qtbot.addWidget(parent)
    made = SourceDialog(parent, LIGHT, ("stories",))
    made.show()
    yield made
    parent.close()


def test_built_in_texts_that_are_mixed_already_are_not_offered(dialog: SourceDialog) -> None:
    assert dialog.built_in.count() == len(BUILT_IN) - 1
    assert dialog.source() == ""
    assert not dialog._yes.isEnabled()
    dialog.built_in.setCurrentRow(0)
    assert dialog.source() in set(BUILT_IN) - {"stories"}
    assert dialog._yes.isEnabled()
    assert dialog.preview.text()


def test_a_table_asks_for_its_column(dialog: SourceDialog, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,body\n1,once\n")
    dialog._show_kind("file")
    dialog.file.setText(str(path))
    assert dialog.columns.isVisible()
    assert [dialog.columns.itemText(place) for place in range(3)] == ["", "id", "body"]
    assert "1,once" in dialog.preview.text()
    dialog.columns.setCurrentText("body")
    added: list[list[str]] = []
    dialog.added.connect(added.append)
    dialog._yes.click()
    assert added == [[f"{path}#column=body"]]


def test_an_encoding_that_is_chosen_is_tried_and_kept(dialog: SourceDialog, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Müller".encode("cp1252"))
    dialog._show_kind("file")
    dialog.file.setText(str(path))
    assert not dialog.columns.isVisible()
    place = dialog.encoding.findData("cp1252")
    dialog.encoding.setCurrentIndex(place)
    dialog.encoding.activated.emit(place)
    assert dialog.preview.text() == "Müller"
    assert dialog.source() == f"{path}#encoding=cp1252"


def test_what_is_not_there_cannot_be_added(dialog: SourceDialog, tmp_path: Path) -> None:
    dialog._show_kind("folder")
    dialog.folder.setText(str(tmp_path / "gone"))
    assert not dialog._yes.isEnabled()
    assert "no such" in dialog.preview.text()


def test_a_data_set_says_that_it_needs_the_network(dialog: SourceDialog) -> None:
    dialog._show_kind("data set")
    words = " ".join(label.text() for label in dialog.findChildren(PlainLabel) if label.isVisible())
    assert "uses the network" in words
    dialog.name.setText(" owner/name ")
    assert dialog.source() == "hf:owner/name"


def test_what_is_added_waits_for_the_next_run(desk: Desk) -> None:
    desk.ready()
    desk.window.texts.ask_for_source()
    dialog = desk.window.findChild(SourceDialog)
    assert dialog
    dialog.built_in.setCurrentRow(0)
    source = dialog.source()
    dialog._yes.click()
    assert desk.window.steering.mixture().next_corpus == ("stories", source)
    assert desk.session.settings.corpus == ("stories",)
    assert desk.window.experiment.corpus.currentText() == "2 texts"
