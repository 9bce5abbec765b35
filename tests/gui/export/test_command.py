"""`terrarium export`: which files it makes, and how it refuses."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.runfile import RunFile
from engine.trouble import Trouble
from gui import __main__ as program
from gui.export import order
from gui.export.command_words import command_for
from gui.export.file_names import file_name, plain_name
from gui.export.files.figure import figure_bytes
from gui.export.order import Zoom, steps_meant, zoomed
from gui.export.paper import Paper
from gui.export.sheets import desk, panel_named
from tests.fakes import events
from tests.gui.export.given import ORIGIN

LAST = 60
Call = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    file = RunFile(tmp_path / "red-fox")
    for event in events(LAST):
        file.add(event)
    file.close()
    return tmp_path / "red-fox"


@pytest.fixture
def call(run: Path, tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.chdir(tmp_path)

    def called(*words: str) -> int:
        monkeypatch.setattr(program.sys, "argv", ["terrarium", *words])
        return program.main()

    return called


def made(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_a_figure_is_called_after_run_panel_and_step(call, tmp_path, capsys):
    assert call("export", "red-fox", "--panel", "loss", "--out", "figures") == 0
    said = capsys.readouterr()
    assert said.out == f"{Path('figures') / 'red-fox-loss-60.pdf'}\n"
    assert said.err == ""
    assert (tmp_path / "figures/red-fox-loss-60.pdf").read_bytes().startswith(b"%PDF")


def test_panels_steps_numbers_and_scripts_are_files_of_their_own(call, tmp_path, capsys):
    words = (
        "--panel",
        "loss",
        "--panel",
        "overlay",
        "--panel",
        "loss",
        "--steps",
        "1,30",
        "--format",
        "svg",
        "--script",
    )
    assert call("export", "red-fox", *words, "--numbers", "json", "csv", "--out", "f") == 0
    figures = [f"red-fox-{panel}-{step}" for panel in ("loss", "overlay") for step in (1, 30)]
    files = made(tmp_path / "f")
    assert {f"{figure}.{ending}" for figure in figures for ending in ("svg", "json", "csv", "py")} <= files
    assert {f"{name}" for name in files} == {Path(line).name for line in capsys.readouterr().out.splitlines()}


def test_one_file_that_is_there_is_refused_before_any_work(call, tmp_path, capsys):
    (tmp_path / "f").mkdir()
    (tmp_path / "f/red-fox-overlay-60.pdf").write_text("mine")
    words = ("export", "red-fox", "--panel", "loss", "--panel", "overlay", "--out", "f")
    assert call(*words) == 2
    said = capsys.readouterr()
    assert "red-fox-overlay-60.pdf is there already" in said.err
    assert "--overwrite" in said.err
    assert made(tmp_path / "f") == {"red-fox-overlay-60.pdf"}
    assert call(*words, "--overwrite") == 0
    assert (tmp_path / "f/red-fox-overlay-60.pdf").read_bytes().startswith(b"%PDF")


def test_interrupted_it_keeps_whole_files_alone_and_says_which(call, tmp_path, capsys, monkeypatch):
    whole = order.write_numbers

    def interrupted(*words, **how):
        yield next(whole(*words, **how))
        raise KeyboardInterrupt

    monkeypatch.setattr(order, "write_numbers", interrupted)
    assert call("export", "red-fox", "--panel", "loss", "--numbers", "csv", "--out", "f") == 130
    assert made(tmp_path / "f") == {"red-fox-loss-60.pdf"}
    assert capsys.readouterr().out.endswith("red-fox-loss-60.pdf\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--panel NAME, one of loss"),
        (("--panel", "lots"), "no panel called “lots”"),
        (("--panel", "loss", "--steps", "1;2"), "are no steps"),
        (("--panel", "loss", "--steps", "-1"), "are no steps"),
        (("--panel", "loss", "--steps", "5,99"), "There is no step 99: the run ends at step 60"),
        (("--panel", "loss", "--option", "shine=1"), "an option “shine”"),
        (("--panel", "loss", "--option", "smoothing=9999"), "less than or equal to 500"),
        (("--panel", "loss", "--across", "0", "10"), "cannot reach from 0 to 10"),  # it is logarithmic
        (("--panel", "loss", "--upward", "5", "1"), "cannot reach from 5 to 1"),
        (("--panel", "loss", "--dpi", "9"), "greater than or equal to 36"),
        (("--panel", "loss", "--beside", "nothing"), "There is no run nothing"),
        (("--panel", "loss", "--out", "red-fox/run.sqlite"), "cannot be written"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_nothing_is_written(call, tmp_path, capsys, words, said):
    before = made(tmp_path)
    assert call("export", "red-fox", *words) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert made(tmp_path) == before


def test_a_panel_with_nothing_to_show_is_left_out_and_said(call, capsys):
    assert (
        call(
            "export",
            "red-fox",
            "--panel",
            "merges",
            "--panel",
            "loss",
            "--hidden",
            "floor",
            "flags",
            "--font",
            "Nowhere",
        )
        == 0
    )
    said = capsys.readouterr()
    assert "no font “Nowhere”" in said.err
    assert said.out == "red-fox-loss-60.pdf\n"
    assert "Merges at step 60 is left out. No merges" in said.err
    assert "“floor”" in said.err
    assert "“flags”" not in said.err
    assert call("export", "red-fox", "--panel", "merges") == 2
    assert "There is nothing to draw." in capsys.readouterr().err


def test_too_little_room_is_said(call, tmp_path, capsys):
    small = ("--preset", "own", "--width", "40", "--height", "30", "--type", "8")
    assert call("export", "red-fox", "--panel", "documents", "--panel", "loss", *small, "--out", "f") == 0
    assert capsys.readouterr().err == "Documents has too little room: choose a larger page or a smaller --type.\n"


def test_all_panels_are_drawn_but_those_that_are_empty(call, tmp_path, capsys):
    assert call("export", "red-fox", "--all", "--format", "png", "--dpi", "50", "--out", "f") == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert {"red-fox-loss-60.png", "red-fox-attention-60.png", "red-fox-samples-60.png"} <= made(tmp_path / "f")
    assert "red-fox-merges-60.png" not in made(tmp_path / "f")


def test_it_works_where_there_is_no_display(run, tmp_path):
    screens = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    bare = {name: value for name, value in os.environ.items() if name not in screens}
    root = Path(program.__file__).parent.parent
    command = [sys.executable, "-W", "error", "-m", "gui", "export", str(run), "--panel", "loss", "--format", "png"]
    done = subprocess.run(
        command, cwd=tmp_path, env={**bare, "PYTHONPATH": str(root)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "red-fox-loss-60.png\n", "")


def test_starting_up_loads_nothing_that_draws():
    code = (
        "import gui.__main__, gui.session, sys;"
        "sys.exit(', '.join({'matplotlib', 'PIL', 'pyarrow', 'av', 'PySide6'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_the_command_line_that_the_dialog_shows_makes_the_same_file(call, run, tmp_path):
    loss = panel_named("loss")
    paper = Paper(preset="slide", format="svg", look="dark", legend=False, hidden=("floors", "every step"), type=12)
    zoom = Zoom((2.0, 40.0), (1.5, 6.25))
    with desk([run], [loss]) as room:
        room.choose(["smoothing=3", "log_x=false"])
        words = command_for(
            str(run), "Loss", paper, 30, room.options(loss), zoom=zoom, numbers=("csv",), whole=False, script=True
        )
        whole = figure_bytes(zoomed(room.sheet(loss, 30), zoom), paper, room.origin(loss, 30))
    assert call(*shlex.split(words)[1:]) == 0
    assert (tmp_path / "red-fox-loss-30.svg").read_bytes() == whole
    assert {"red-fox-loss-30.csv", "red-fox-loss-30.py"} <= made(tmp_path)


def test_the_command_line_names_only_what_differs_and_quotes_what_must_be():
    plain = command_for("amber-heron", "Side by side", Paper())
    assert plain == "terrarium export amber-heron --panel side-by-side --preset paper-1col --format pdf"
    bad = command_for("a b; rm -rf $HOME", "Loss", Paper(), beside=["x'y"])
    assert shlex.split(bad)[2] == "a b; rm -rf $HOME"
    assert shlex.split(bad)[-1] == "x'y"


@pytest.mark.parametrize(("words", "steps"), [("", (60,)), (" ", (60,)), ("0, 5,5,60", (0, 5, 60))])
def test_steps_are_told_by_commas(words, steps):
    assert steps_meant(words, LAST) == steps


@pytest.mark.parametrize(
    ("run", "name"),
    [
        ("amber-heron", "amber-heron-loss-2418.pdf"),
        ("../../etc/passwd", "etc-passwd-loss-2418.pdf"),
        ('a:b|c?"*<>\\\n\0', "a-b-c-loss-2418.pdf"),
        ("Größe 日本", "Größe-日本-loss-2418.pdf"),
        ("...", "run-loss-2418.pdf"),
        ("\u202efdp.exe", "fdp-exe-loss-2418.pdf"),
    ],
)
def test_no_name_of_a_run_leads_out_of_the_folder(run, name):
    assert file_name(ORIGIN._replace(run=run), "pdf") == name
    assert len(plain_name(run * 500)) <= 100


def test_a_package_that_is_lacking_is_said_before_any_work(call, tmp_path, capsys, monkeypatch):
    def lacking():
        raise Trouble("Parquet needs a package.", "Install it.")

    monkeypatch.setattr("gui.export.order.required", lacking)
    assert call("export", "red-fox", "--panel", "loss", "--numbers", "parquet", "--out", "out") == 2
    assert "Install it." in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
