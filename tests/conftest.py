"""What every test has around it: no screen, folders of its own, and nothing left behind."""

import gc
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
PATIENCE = 10.0  # seconds a thread has to end; a sound one needs none


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Runs, cache and settings of the test; never the person's own."""
    monkeypatch.setenv("TERRARIUM_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def garbage_collection_as_it_was() -> Iterator[None]:
    """A window collects garbage by a timer of its own; the next test has none."""
    enabled = gc.isenabled()
    yield
    (gc.enable if enabled else gc.disable)()


@pytest.fixture(autouse=True)
def no_threads_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    started = [thread for thread in threading.enumerate() if thread not in before]
    for thread in started:
        thread.join(PATIENCE)
    left = [thread.name for thread in started if thread.is_alive()]
    assert not left, f"threads left behind: {left}"


@pytest.fixture(autouse=True)
def no_widgets_left() -> Iterator[None]:
    """Only for tests that have opened Qt: the engine's never load it here."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if not widgets or not widgets.QApplication.instance():
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if widgets.QApplication.topLevelWidgets():
        gc.collect()
    left = [f"{type(w).__name__} {w.objectName()}".strip() for w in widgets.QApplication.topLevelWidgets()]
    for widget in widgets.QApplication.topLevelWidgets():
        widget.deleteLater()  # let the next test start clean
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not left, f"widgets left behind: {left}"
