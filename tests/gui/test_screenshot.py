"""`terrarium screenshot` and the command line: pictures of the real thing, and sentences for what cannot be."""

import json
from pathlib import Path
from typing import Annotated

import pytest
import tyro
from PySide6.QtGui import QImage

from engine.command_line import run_command
from engine.events import Stepped
from engine.runfile import FILE_NAME, program_version, read_events
from engine.settings import Settings
from engine.train import train
from engine.trouble import Trouble
from gui import __main__ as program
from gui.bundled import bundled
from gui.screenshot import parsed, screenshot


@pytest.fixture
def tiny(tmp_path: Path) -> Settings:
    path = tmp_path / "sentences.txt"
    path.write_text("the cat sat on the mat.\na dog ran to the old mill.\n" * 200, encoding="utf-8")
    return Settings(
        corpus=str(path), tokenizer="character", layers=1, heads=2, width=16, context=16, batch_size=4, horizon=6,
        probe="the cat", prompt="a", sample_length=4, threads=1, device="cpu",
    )  # fmt: skip


@pytest.mark.parametrize("layout", ["overview", "lecture"])
def test_a_picture_of_the_window_after_some_steps(qapp, tmp_path, tiny, layout):
    out = tmp_path / "window.png"
    assert screenshot(out, tiny, steps=9, theme="dark", size="1280x800", layout=layout, paused=True) == 0
    picture = QImage(str(out))
    assert (picture.width(), picture.height()) == (1280, 800)
    colours = {picture.pixel(x, y) for x in range(0, 1280, 7) for y in range(0, 800, 7)}
    assert len(colours) > 40  # a blank window has a handful


def test_a_picture_of_a_recorded_run_looked_back_at(qapp, tmp_path):
    run, pictures = str(bundled()), []
    for at in (20, 2500):
        screenshot(tmp_path / f"{at}.png", size="1280x800", run=run, at=at)
        pictures.append(QImage(str(tmp_path / f"{at}.png")))
    assert pictures[0] != pictures[1]
    with pytest.raises(Trouble, match="no run"):
        screenshot(tmp_path / "no.png", run=run, beside=(str(tmp_path),))


def test_a_picture_that_cannot_be_written_is_trouble(qapp, tmp_path, tiny):
    with pytest.raises(Trouble, match="could not be written"):
        screenshot(tmp_path / "nowhere" / "window.png", tiny, steps=1)


@pytest.mark.parametrize("size", ["", "big", "1600", "1600x", "0x0", "99999x100", "-5x600"])
def test_a_size_that_is_none_is_refused_with_a_word(size):
    with pytest.raises(Trouble, match="is no size"):
        parsed(size)


def test_training_without_a_window_prints_one_json_line_an_event(tmp_path, tiny, capsys):
    assert train(tiny, steps=9, out=tmp_path / "run", json=True) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    stepped = [line for line in lines if line["event"] == "Stepped"]
    assert [line["step"] for line in stepped] == list(range(1, 10))  # also past the horizon
    recorded = [event.loss for event in read_events(tmp_path / "run") if isinstance(event, Stepped)]
    assert [line["loss"] for line in stepped] == recorded


def test_a_run_is_never_written_over(tmp_path, tiny):
    train(tiny, steps=1, out=tmp_path / "run", json=True)
    before = (tmp_path / "run" / FILE_NAME).read_bytes()
    with pytest.raises(Trouble, match="never written over"):
        train(tiny, steps=2, out=tmp_path / "run")
    assert (tmp_path / "run" / FILE_NAME).read_bytes() == before


def test_on_a_terminal_the_bar_ends_with_where_the_run_is(tmp_path, tiny, capsys):
    assert train(tiny, steps=2, out=tmp_path / "run") == 0
    words = capsys.readouterr().err
    assert str(tmp_path / "run") in words
    assert "validation" in words


def test_an_interrupted_training_keeps_what_it_has(tmp_path, tiny, monkeypatch):
    from engine import train as module

    def interrupted(*arguments):
        for event in until(*arguments):
            yield event
            if event.step == 3:
                raise KeyboardInterrupt

    until = module.until
    monkeypatch.setattr(module, "until", interrupted)
    assert train(tiny, steps=6, out=tmp_path / "run", json=True) == 130
    assert [event.step for event in read_events(tmp_path / "run") if isinstance(event, Stepped)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["trian"], "Did you mean `terrarium train`?"),
        (["trian", "--steps", "5"], "Did you mean `terrarium train`?"),
        (["no-such.txt"], "no file, folder or command called “no-such.txt”"),
        (["train", "--heads", "7"], "7 heads cannot share"),
        (["train", "--layers", "99"], "Layers"),
        (["train", "--steps", "0"], "asks for no step"),
        (["train", "--corpus", "no such file.txt"], "no such file.txt"),
        (["screenshot", "x.png", "--size", "huge"], "is no size"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(monkeypatch, capsys, words, said):
    monkeypatch.setattr(program.sys, "argv", ["terrarium", *words])
    assert program.main() == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error


def test_it_tells_its_version(monkeypatch, capsys):
    monkeypatch.setattr(program.sys, "argv", ["terrarium", "--version"])
    assert program.main() == 0
    assert capsys.readouterr().out == f"lm-terrarium {program_version()}\n"


def test_a_file_name_alone_means_the_window(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    Path("my.txt").touch()
    opened = []

    def window(text: Annotated[Path | None, tyro.conf.Positional] = None, theme: str | None = None) -> None:
        opened.append((text, theme))

    monkeypatch.setitem(program.COMMANDS, "window", window)
    for words in ([], ["my.txt"], ["--theme", "dark"]):
        monkeypatch.setattr(program.sys, "argv", ["terrarium", *words])
        assert program.main() == 0
    assert opened == [(None, None), (Path("my.txt"), None), (None, "dark")]


def test_an_interrupt_and_a_reader_that_has_gone_are_no_tracebacks(capsys):
    def interrupted():
        raise KeyboardInterrupt

    assert run_command(interrupted) == 130
    assert capsys.readouterr().err == ""
