"""The whole program: the real window on a real, tiny training; and every way to close it."""

import gc
import signal
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QDialog

from engine.commands import Turn
from engine.events import (
    Attended,
    Diverged,
    Failed,
    FloorCounted,
    SentencePredicted,
    Stalled,
    Stepped,
    Turned,
    Validated,
    Wrote,
)
from engine.run import Run
from engine.runfile import read_events
from engine.settings import Settings
from gui.open import until_closed
from gui.shell import Shell
from gui.starter import Starter
from tests.fakes import FakeTrainer

PATIENCE_MS = 30_000


@pytest.fixture
def tiny(tmp_path: Path) -> Settings:
    path = tmp_path / "sentences.txt"
    path.write_text("the cat sat on the mat.\na dog ran to the old mill.\n" * 200, encoding="utf-8")
    return Settings(
        corpus=str(path), tokenizer="character", layers=2, heads=2, width=16, context=16, batch_size=4, horizon=100_000,
        validate_every=10, sample_every=10, sample_length=8, probe="the cat", prompt="a dog", threads=1, device="cpu",
    )  # fmt: skip


@pytest.fixture
def opened(qapp, qtbot, tmp_path):
    """Opens shells, and sees that each of them has been closed."""
    shells = []

    def open_shell(settings: Settings, start=None) -> Shell:
        shell = Shell(settings, tmp_path / "settings.ini", "light", start)
        shells.append(shell)
        shell.window.show()
        shell.begin()
        return shell

    yield open_shell
    for shell in shells:
        assert shell.close()
        shell.window.deleteLater()


def reached(qtbot, shell: Shell, step: int) -> None:
    qtbot.waitUntil(lambda: shell.session.recording.last_step >= step, timeout=PATIENCE_MS)


def trainers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "trainer"]


def test_a_person_presses_play_and_everything_comes_alive(qtbot, opened, tiny, own_folders):
    shell = opened(tiny)
    recording = shell.session.recording
    qtbot.waitUntil(lambda: shell.window.steering.status().state == "ready", timeout=PATIENCE_MS)
    shell.window.steering.press()
    reached(qtbot, shell, 30)
    for kind in (FloorCounted, Stepped, Validated, SentencePredicted, Attended, Wrote):
        assert recording.count(kind), kind
    shell.session.pause()
    qtbot.waitUntil(lambda: not shell.session.playing, timeout=PATIENCE_MS)
    shell.pump.tick()
    step = recording.last_step
    assert shell.window.steering.status().headline == f"Paused at step {step:,}"
    assert recording.latest(SentencePredicted).step == step  # what is on show is what stands still
    assert shell.close()
    (folder,) = (own_folders / "runs").iterdir()
    losses = [event.loss for event in read_events(folder) if isinstance(event, Stepped)]
    assert losses == recording.curve(Stepped, "loss")[1].tolist()


def test_space_while_the_corpus_is_read_trains_as_soon_as_it_can(qtbot, opened, tiny):
    shell = opened(tiny)
    assert shell.window.steering.status().button == "cancel"
    shell.window.steering.play_or_pause()
    reached(qtbot, shell, 2)


def test_a_knob_is_turned_at_the_next_step_and_recorded(qtbot, opened, tiny):
    shell = opened(tiny)
    shell.session.play()
    reached(qtbot, shell, 3)
    shell.session.send(Turn("batch_size", 2.0))
    qtbot.waitUntil(lambda: shell.session.recording.count(Turned) > 0, timeout=PATIENCE_MS)
    turned = shell.session.recording.latest(Turned)
    reached(qtbot, shell, turned.step + 2)
    steps, tokens = shell.session.recording.curve(Stepped, "tokens")
    after = steps > turned.step
    assert set((tokens[1:] - tokens[:-1])[after[1:]]) == {2 * 16}


def test_restart_repeats_the_run_number_by_number(qtbot, opened, tiny):
    shell = opened(tiny)
    shell.session.play()
    reached(qtbot, shell, 12)
    first = shell.session.recording.curve(Stepped, "loss")[1][:12].tolist()
    shell.window.steering.restart()
    assert shell.session.recording.last_step == 0
    reached(qtbot, shell, 12)
    assert shell.session.recording.curve(Stepped, "loss")[1][:12].tolist() == first


def test_a_diverging_run_stops_says_so_and_can_be_mended(qtbot, opened, tiny):
    shell = opened(tiny)
    shell.session.play()
    reached(qtbot, shell, 5)

    class Spoiled(FakeTrainer):
        def advance(self):
            yield Diverged(self.step, self.time, "The loss is not a number.", "A lower learning rate usually mends it.")

    shell.session._crew._start = lambda settings: Run(lambda: Spoiled(settings))
    shell.session.begin(play=True)
    qtbot.waitUntil(lambda: shell.session.stopped, timeout=PATIENCE_MS)
    shell.pump.tick()
    status = shell.window.steering.status()
    assert (status.button, status.headline) == ("restart", "Stopped at step 0")
    shell.session._crew._start = Starter().start
    shell.window.steering.restart()
    reached(qtbot, shell, 3)


def test_an_error_in_the_trainer_is_shown_and_a_new_run_works(qtbot, opened, tiny):
    class Broken(FakeTrainer):
        def advance(self):
            raise ZeroDivisionError("half a head")
            yield

    shell = opened(tiny, start=lambda settings: Run(lambda: Broken(settings)))
    shell.session.play()
    qtbot.waitUntil(lambda: shell.session.stopped, timeout=PATIENCE_MS)
    assert "half a head" in shell.session.recording.latest(Failed).details
    shell.session._crew._start = Starter().start
    shell.session.begin(tiny, play=True)
    reached(qtbot, shell, 2)


@pytest.mark.parametrize("content", [b"", b"x", b"\x00\x01\x02" * 500, b"short text"])
def test_a_text_that_cannot_be_learned_is_refused_with_a_sentence(qtbot, opened, tiny, tmp_path, content):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    shell = opened(tiny.model_copy(update={"corpus": (str(path),)}))
    qtbot.waitUntil(lambda: shell.session.stopped, timeout=PATIENCE_MS)
    failed = shell.session.recording.latest(Failed)
    assert "bad.txt" in failed.message
    assert failed.advice
    assert not failed.details
    assert path.read_bytes() == content


def test_closing_while_training_leaves_no_thread(qtbot, opened, tiny):
    shell = opened(tiny)
    shell.session.play()
    reached(qtbot, shell, 3)
    shell.window.close()
    assert not shell.window.isVisible()
    assert trainers() == []


def test_closing_while_the_corpus_is_read_leaves_no_thread(qtbot, opened):
    shell = opened(Settings(megabytes=20, threads=1))
    qtbot.waitUntil(lambda: bool(trainers()), timeout=PATIENCE_MS)
    assert shell.close()
    assert trainers() == []


def test_closing_while_a_dialog_is_open_leaves_nothing(qtbot, opened, tiny):
    shell = opened(tiny)
    dialog = QDialog(shell.window)
    dialog.open()
    shell.window.close()
    assert not dialog.isVisible()
    assert trainers() == []


def test_everything_is_as_it_was_when_the_window_has_gone(qtbot, tiny, tmp_path):
    before = gc.isenabled(), sys.getswitchinterval(), sys.excepthook
    shell = Shell(tiny, tmp_path / "settings.ini", "light")
    assert not gc.isenabled()
    assert shell.close()
    shell.window.deleteLater()
    assert (gc.isenabled(), sys.getswitchinterval(), sys.excepthook) == before


def test_closing_waits_for_what_is_written_before_it_collects_in_any_thread(opened, tiny, monkeypatch):
    shell, order = opened(tiny), []
    stop = shell.garbage.stop
    monkeypatch.setattr("gui.shell.wait_for_all", lambda: order.append("written"))
    monkeypatch.setattr(shell.garbage, "stop", lambda: (order.append("collecting"), stop()))
    assert shell.close()
    assert order == ["written", "collecting"]


def test_what_cannot_be_saved_pauses_with_a_message_and_goes_on_when_that_is_mended(qtbot, opened, tiny, own_folders):
    own_folders.mkdir(parents=True)
    (own_folders / "runs").write_text("a file where a folder should be")
    shell = opened(tiny)
    shell.session.play()
    qtbot.waitUntil(lambda: shell.session.recording.count(Stalled) > 0, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: shell.window.head.notice.isVisible(), timeout=PATIENCE_MS)
    assert not shell.session.playing
    assert shell.window.steering.status().button == "play"
    (own_folders / "runs").unlink()
    shell.session.play()
    reached(qtbot, shell, 5)
    assert not shell.session.stopped


def test_ctrl_c_in_the_terminal_closes_the_window():
    before, asked = signal.getsignal(signal.SIGINT), []

    class Application:
        """A real one would leave its mark on every later test."""

        def exec(self) -> int:
            signal.raise_signal(signal.SIGINT)
            return len(asked)

        def quit(self) -> None:
            asked.append("quit")

    assert until_closed(SimpleNamespace(application=Application())) == 1
    assert signal.getsignal(signal.SIGINT) is before
