"""Where something is written: the suggested name follows what is chosen, a typed one keeps its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.frame.file_row import FileRow


@pytest.fixture
def row(qtbot: QtBot, tmp_path: Path) -> Iterator[FileRow]:
    made = FileRow(tmp_path, "Export film", "Where the film is written")
    qtbot.addWidget(made)
    made.suggest("fox-loss.mp4")
    yield made
    made.close()


def test_a_suggestion_lies_in_the_folder(row: FileRow, tmp_path: Path) -> None:
    assert row.path() == tmp_path / "fox-loss.mp4"
    row.suggest("fox-attention.gif")
    assert row.path() == tmp_path / "fox-attention.gif"


def test_of_a_typed_name_only_the_ending_changes(row: FileRow, tmp_path: Path) -> None:
    row.field.setText(str(tmp_path / "my.film.mp4"))
    row.suggest("fox-loss.gif")
    assert row.path() == tmp_path / "my.film.gif"


def test_a_folder_has_no_ending(row: FileRow, tmp_path: Path) -> None:
    row.suggest("fox-7")
    assert row.path() == tmp_path / "fox-7"
    row.suggest("fox-7.gguf")
    assert row.path() == tmp_path / "fox-7.gguf"


def test_an_ending_that_was_left_out_is_added(row: FileRow, tmp_path: Path) -> None:
    row.field.setText(str(tmp_path / "v1.5"))
    assert row.path() == tmp_path / "v1.5.mp4"
    row.field.setText(str(tmp_path / "LOUD.MP4"))
    assert row.path() == tmp_path / "LOUD.MP4"


@pytest.mark.parametrize("typed", ["", "  ", "/"])
def test_what_has_no_name_is_no_file(row: FileRow, typed: str) -> None:
    row.field.setText(typed)
    assert not row.path().name


def test_home_is_known_and_other_homes_do_not_matter(row: FileRow) -> None:
    row.field.setText("~/a.mp4")
    assert row.path() == Path.home() / "a.mp4"
    row.field.setText("~nobody-at-all/a.mp4")
    assert row.path().name == "a.mp4"


def test_whether_something_lies_there(row: FileRow, tmp_path: Path) -> None:
    assert not row.taken()
    (tmp_path / "fox-loss.mp4").symlink_to(tmp_path / "nowhere")
    assert row.taken()
    row.field.setText(str(tmp_path / ("x" * 400)))
    assert not row.taken()


def test_another_place_can_be_chosen(qtbot: QtBot, row: FileRow, tmp_path: Path) -> None:
    row.browse.click()
    (dialog,) = row.findChildren(QFileDialog)
    with qtbot.waitSignal(row.edited):
        dialog.fileSelected.emit(str(tmp_path / "there.mp4"))
    dialog.close()
    assert row.path() == tmp_path / "there.mp4"
