"""The calm bar: what happened, and where it is."""

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from gui.frame.notice import Notice


def test_where_something_was_written_can_be_opened(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    notice = Notice()
    qtbot.addWidget(notice)
    notice.tell("a.pdf is written.", folder=tmp_path)
    assert not notice.open_folder.isHidden()
    notice.open_folder.click()
    assert opened == [str(tmp_path)]
    notice.tell("Something else.")
    assert notice.open_folder.isHidden()
