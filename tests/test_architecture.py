"""The shape of the code, checked: who may import whom, how long things get, and what must never be there."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_origin

import pytest

from engine.declared import knobs
from engine.settings import Settings

ROOT = Path(__file__).parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 300, 40  # lines
QT = ("PySide6", "shiboken6", "pyqtgraph")
MAY_USE_TORCH = ("training", "probes", "stages", "export", "bench")  # folders of the engine
COMMANDS = ("__main__.py", "open.py", "screenshot.py", "bench")  # of the gui: they start a run

PLAIN = ("engine.tokenizer.cutting", "engine.tokenizer.words")  # no library: the window cuts with it

SOURCES = sorted(path for folder in ("engine", "gui", "assets") for path in (ROOT / folder).rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


def names_imported(tree: ast.AST, load_time_only: bool = False) -> Iterator[str]:
    """Every module a file names; those inside functions, or for the type checker, can be left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif not (load_time_only and (isinstance(node, ast.FunctionDef) or is_for_the_type_checker(node))):
            yield from names_imported(node, load_time_only)


def is_for_the_type_checker(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def offences(where: list[Path], banned: tuple[str, ...], load_time_only: bool = False) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in where
        for name in names_imported(TREES[path], load_time_only)
        if any(f"{name}.".startswith(f"{start}.") for start in banned)
    ]


def under(*parts: str) -> list[Path]:
    return [path for path in SOURCES if path.is_relative_to(ROOT.joinpath(*parts))]


def in_folders(path: Path, folders: tuple[str, ...]) -> bool:
    return path.relative_to(ROOT).parts[1] in folders


def test_the_rules_are_looked_for_in_real_files():
    assert len(under("engine")) > 10
    assert len(under("gui")) > 5
    assert offences([ROOT / "gui/theme.py"], QT)
    assert offences([ROOT / "engine/run.py"], ("engine.training",))


def test_engine_never_shows():
    assert not offences(under("engine"), (*QT, "gui"))


def test_gui_never_computes_not_even_inside_functions():
    assert not offences(under("gui"), ("torch", "tokenizers", "engine.training"))


def test_gui_cuts_text_in_plain_python_only():
    tokenizer = [path for path in under("engine", "tokenizer") if f"engine.tokenizer.{path.stem}" not in PLAIN]
    assert not offences(under("gui"), tuple(f"engine.tokenizer.{path.stem}" for path in tokenizer))


def test_gui_loads_nothing_that_loads_torch():
    banned = ("engine.probes", "engine.stages", "engine.export", "engine.bench")
    window = [path for path in under("gui") if not in_folders(path, COMMANDS)]
    assert not offences(window, banned, load_time_only=True)


def test_torch_stays_in_its_folders():
    others = [path for path in under("engine") if not in_folders(path, MAY_USE_TORCH)]
    assert not offences(others, ("torch",))
    assert not offences(others, ("engine.training",), load_time_only=True)


def test_only_tokenizers_and_their_benchmark_use_the_library():
    others = [path for path in under("engine") if not in_folders(path, ("tokenizer", "bench"))]
    assert not offences(others, ("tokenizers",))


def test_session_and_playhead_know_no_screen():
    assert not offences([ROOT / "gui/session.py", ROOT / "gui/playhead.py", ROOT / "gui/text.py"], QT)


def test_panels_know_neither_each_other_nor_the_run():
    files = [path for path in under("gui", "panels") if path.name not in ("__init__.py", "panel.py", "preview.py")]
    for path in files:
        # a panel may have files of its own, named after it: loss_picture
        others = [f"gui.panels.{o.stem}" for o in files if o.stem.split("_")[0] != path.stem.split("_")[0]]
        assert not offences([path], (*others, "engine.run", "gui.session", "gui.window", "gui.pump")), path.name


def test_widgets_know_no_panel():
    assert not offences(under("gui", "widgets"), ("gui.panels", "gui.window", "gui.session", "engine.run"))


@pytest.mark.parametrize("module", ["gui.__main__", "engine.__main__", "engine.runfile", "gui.session", *PLAIN])
def test_what_starts_first_loads_neither_torch_nor_qt(module):
    heavy = {"torch", "tokenizers", "PySide6", "pyqtgraph"}
    code = f"import {module}, sys; found = {heavy} & set(sys.modules); sys.exit(', '.join(found) or 0)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_engine_tests_do_without_qt():
    for path in (ROOT / "tests/engine").rglob("*.py"):
        names = set(names_imported(ast.parse(path.read_text(encoding="utf-8"))))
        assert not {name.split(".")[0] for name in names} & {*QT, "pytestqt", "gui"}, path.name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_are_short_and_say_what_they_are(path):
    assert ast.get_docstring(TREES[path]), "no docstring"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < LONGEST_FUNCTION, node.name


def test_no_file_is_called_after_nothing_in_particular():
    empty_words = {"utils", "util", "helpers", "helper", "common", "manager", "base", "impl", "misc"}
    assert not [path for path in SOURCES if empty_words & set(path.stem.split("_"))]


def test_nothing_sleeps_and_nothing_is_unpickled():
    banned = ("time.sleep", "pickle", "torch.load", "dill", "joblib", "marshal", "shelve")
    assert not offences(SOURCES, banned)
    for path in SOURCES:
        calls = [ast.unparse(node.func) for node in ast.walk(TREES[path]) if isinstance(node, ast.Call)]
        assert not {"time.sleep", "torch.load", "QThread.terminate", "eval", "exec"} & set(calls), path
        assert "allow_pickle=True" not in path.read_text(encoding="utf-8"), path


def dependencies() -> list[str]:
    """With their ranges, those of all extras too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    return [line for line in (*project["dependencies"], *extras) if not line.startswith(project["name"])]


def test_every_dependency_has_its_reason():
    names = {re.match(r"[\w-]+", line).group() for line in dependencies()}
    reasons = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `([\w-]+)` \| \S", reasons, re.MULTILINE))
    assert explained == names


def test_every_dependency_has_its_exact_version():
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    pinned = {line.split("==")[0].lower() for line in lines}
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
    assert {re.match(r"[\w-]+", line).group().lower() for line in dependencies()} <= pinned


def test_every_setting_is_explained_and_has_a_range():
    for knob in knobs(Settings):
        assert knob.help, knob.name
        assert knob.group, knob.name
        without = knob.kind in (str, bool) or get_origin(knob.kind) is tuple
        assert without or (knob.low is not None and knob.high is not None), knob.name
