"""A script draws the very same picture with matplotlib and NumPy alone, and no text in it is ever code."""

import ast
import io
import subprocess
import sys
from base64 import b64decode
from contextlib import closing
from pathlib import Path
from zlib import decompress

import numpy as np
import pytest
from PIL import Image

from engine.settings import Settings
from engine.trouble import Trouble
from gui.export.files.figure import figure_bytes
from gui.export.page.compose import compose
from gui.export.page.drawing import Call, Data, Drawing
from gui.export.paper import Paper
from gui.export.script import script_of, write_script
from gui.export.script_words import array_line, key_of, literal
from gui.export.sheet import Axis, Curve, Label, Level, Plot, Sheet
from gui.export.sheets import Desk
from gui.lane import Lane
from gui.panels import PANELS
from tests.fakes import recording
from tests.gui.export.given import ALL, HOSTILE, ORIGIN, STEPS, sheet

DPI = 72
RUN_ALL = """
import runpy, sys
for path in sys.argv[1:]:
    sys.argv = [path, path + ".png"]
    runpy.run_path(path)
strangers = {name.split(".")[0] for name in sys.modules} & {"gui", "engine", "PySide6", "torch"}
sys.exit(", ".join(strangers) or 0)
"""


def run(*scripts: Path) -> None:
    """In one process that knows nothing of this program."""
    command = [sys.executable, "-I", "-W", "error", "-c", RUN_ALL, *map(str, scripts)]
    done = subprocess.run(command, cwd=scripts[0].parent, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def pixels(picture: Path | io.BytesIO) -> np.ndarray:
    with Image.open(picture) as opened:
        return np.asarray(opened)


def test_the_script_of_every_panel_draws_the_same_pixels(qapp, tmp_path):
    lanes = Lane(Settings(), recording=recording(120)), Lane(Settings(seed=7), recording=recording(60))
    with closing(Desk(lanes, PANELS)) as room:
        sheets = {f"{place}-{panel.title}": room.sheet(panel, 100) for place, panel in enumerate(PANELS)}
    sheets |= {"all": sheet(*ALL), "bad": hostile_sheet(), "empty": Sheet("Loss", "Loss", (), "Press play.")}
    papers = {
        name: Paper(dpi=DPI, format="png", title=True, look="dark" if name == "all" else "light") for name in sheets
    }
    paths = [
        write_script(compose(one, papers[name]), ORIGIN, tmp_path / f"{name}.py", DPI) for name, one in sheets.items()
    ]
    run(*paths)
    for path, (name, one) in zip(paths, sheets.items(), strict=True):
        ours = pixels(io.BytesIO(figure_bytes(one, papers[name], ORIGIN)))
        np.testing.assert_array_equal(pixels(path.with_name(f"{path.name}.png")), ours, name)


def hostile_sheet() -> Sheet:
    marks = [Label(1.0 + place % 3, float(place), words) for place, words in enumerate(HOSTILE)]
    curves = [Curve(words, STEPS, STEPS + place, "line1") for place, words in enumerate(HOSTILE)]
    levels = [Level(words, float(place)) for place, words in enumerate(HOSTILE)]
    axes = Axis(HOSTILE[0], "$y$", 0, 9), Axis(HOSTILE[1], HOSTILE[2], 0, 30)
    return sheet(Plot(*axes, (*marks, *curves, *levels)), title=HOSTILE[1])


def test_words_of_strangers_are_only_ever_texts_of_the_program():
    origin = ORIGIN._replace(run='"""\n\'); import os; os.abort() #', panel="\\")
    parsed = ast.parse(script_of(compose(hostile_sheet(), Paper()), origin))
    names = {name.id for name in ast.walk(parsed) if isinstance(name, ast.Name)}
    assert not names & {"os", "abort"}
    modules = {alias.name for node in ast.walk(parsed) if isinstance(node, ast.Import) for alias in node.names}
    assert modules == {"logging", "sys", "matplotlib"}
    called = {ast.unparse(node.func).split(".")[0] for node in ast.walk(parsed) if isinstance(node, ast.Call)}
    assert "__import__" not in called
    texts = [node.value for node in ast.walk(parsed) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert any("os.abort()" in text for text in texts)


@pytest.mark.parametrize(
    "call",
    [
        Call("figure", "text; import os"),
        Call("figure.__class__()", "text"),
        Call("figure", "text", gives="a = b"),
        Call("figure", "text", named={"x=1, y": 2}),
        Call("figure", "lambda"),
    ],
)
def test_a_call_that_is_no_name_is_refused(call):
    with pytest.raises(ValueError, match="cannot be a name"):
        script_of(Drawing(10, 10, {}, (call,)), ORIGIN)


def test_arrays_are_written_once_under_names_that_a_program_can_have():
    same, other = np.arange(3.0), np.array([1, 2], dtype=np.uint8)
    names = ("figure", "import", "a b", "", "日本", '"); os.abort()', "x")
    calls = [Call("page", "plot", (Data(name, same + place),)) for place, name in enumerate(names)]
    calls += [Call("page", "plot", ([{"deep": Data("x", other)}], Data("again", same.copy())))]
    parsed = ast.parse(
        script_of(Drawing(10, 10, {}, (Call("figure", "add_axes", ((0, 0, 1, 1),), gives="page"), *calls)), ORIGIN)
    )
    given = [node.targets[0].id for node in parsed.body if isinstance(node, ast.Assign)]
    arrays = given[2 : given.index("figure")]
    assert len(arrays) == len(set(arrays)) == len(names) + 1
    assert "page" not in arrays


@pytest.mark.parametrize(
    "values",
    [
        np.array([0.1 + 0.2, 1e-300, np.nan, np.inf, -np.inf, -0.0]),
        np.arange(400.0),
        np.arange(-300, 300),
        np.array([[1.5, np.nan], [2, 3]], dtype=np.float32),
        np.zeros((0, 3)),
        np.arange(1000, dtype=np.uint8).reshape(10, 20, 5),
        np.arange(12_000, dtype=np.uint8).reshape(60, 50, 4),
        np.array([True, False]),
    ],
)
def test_an_array_reads_back_as_itself(values):
    known = {"array": np.array, "nan": np.nan, "inf": np.inf, "frombuffer": np.frombuffer}
    known |= {"b64decode": b64decode, "decompress": decompress}
    line = array_line("kept", values)
    assert max(map(len, line.splitlines())) <= 120
    exec(line, known)  # its own words
    np.testing.assert_array_equal(known["kept"], values)
    assert known["kept"].dtype == values.dtype


@pytest.mark.parametrize(
    "value",
    [*HOSTILE, None, True, 3, -0.5, np.float64(2.5), (), (1,), [1, (2, "a")], {"a": {"b": [np.int64(3)]}}],
)
def test_a_value_reads_back_as_itself(value):
    assert ast.literal_eval(literal(value, {})) == value


def test_what_has_no_form_is_refused():
    with pytest.raises(TypeError):
        literal(object(), {})
    with pytest.raises(KeyError):
        literal(Data("x", np.zeros(1)), {key_of(np.ones(1)): "x"})


def test_the_same_drawing_makes_the_same_script_and_none_is_written_over(tmp_path):
    drawing = compose(sheet(*ALL[:1]), Paper())
    assert script_of(drawing, ORIGIN) == script_of(drawing, ORIGIN)
    path = write_script(drawing, ORIGIN, tmp_path / "fox.py")
    with pytest.raises(Trouble, match="is there already"):
        write_script(drawing, ORIGIN, path)
