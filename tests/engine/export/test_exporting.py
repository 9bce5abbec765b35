"""`terrarium model`: which model is taken, where it goes, what is refused, and that no half of one is left."""

import sys
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest
import torch
from safetensors.torch import load_file

from engine.export import exporting, gguf_file, huggingface
from engine.export.command import write_model as command
from engine.export.exporting import Wish, write_model
from engine.trouble import Trouble
from tests.engine.export.trained import saved, trained

T = TypeVar("T")


def done(work: Generator[float, None, T]) -> T:
    while True:
        try:
            assert 0 <= next(work) <= 1
        except StopIteration as end:
            made: T = end.value
            return made


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return saved(tmp_path / "amber-heron", trained())


@pytest.mark.parametrize("form", ["huggingface", "gguf", "onnx"])
def test_it_gets_its_usual_name(form: str, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    export = done(write_model(Wish(run, form)))
    assert str(export.path) == {"huggingface": "amber-heron-7"}.get(form, f"amber-heron-7.{form}")
    assert {path.name for path in tmp_path.iterdir()} == {"amber-heron", "home", str(export.path)} - {"home"}


def test_a_file_goes_into_a_folder(run: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert done(write_model(Wish(run, "gguf"), tmp_path / "out")).path == tmp_path / "out" / "amber-heron-7.gguf"


def test_the_step_that_is_asked_for(run: Path, tmp_path: Path) -> None:
    later = trained()
    torch.nn.init.ones_(later.model.tokens.weight)
    saved(run, later._replace(step=9), 9)
    for step, spread in ((9, False), (7, True), (None, False)):
        done(write_model(Wish(run, step=step, overwrite=True), tmp_path / "out"))
        weights = load_file(tmp_path / "out" / huggingface.WEIGHTS)["model.embed_tokens.weight"]
        assert bool(weights.std() > 0) == spread
    with pytest.raises(Trouble, match=r"Step 8 of amber-heron is not kept"):
        done(write_model(Wish(run, step=8), tmp_path / "other"))


def test_averaged_weights_where_the_run_has_some(tmp_path: Path) -> None:
    grown = trained(average=0.9)
    average = {name: torch.full_like(weight, 0.5) for name, weight in grown.weights.items()}
    run = saved(tmp_path / "run", grown, average=average)
    done(write_model(Wish(run, averaged=True), tmp_path / "out"))
    assert (load_file(tmp_path / "out" / huggingface.WEIGHTS)["model.norm.weight"] == 0.5).all()
    assert "averaged" in (tmp_path / "out" / "README.md").read_text()


def test_no_average_no_averaged_model(run: Path, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="keeps no averaged weights"):
        done(write_model(Wish(run, averaged=True), tmp_path / "out"))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"architecture": "fast"}, "No other program knows"),
        ({"objective": "masked"}, "looks both ways"),
        ({"architecture": "gpt2", "head_width": 12}, "heads of this model do not share"),
    ],
)
def test_what_nobody_else_could_compute_is_refused(changes: dict, why: str, tmp_path: Path) -> None:
    run = saved(tmp_path / "run", trained(**changes))
    with pytest.raises(Trouble, match=why):
        done(write_model(Wish(run), tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_model_that_diverged_is_refused(tmp_path: Path) -> None:
    grown = trained()
    grown.model.tokens.weight.data[0, 0] = torch.nan
    with pytest.raises(Trouble, match="are no numbers"):
        done(write_model(Wish(saved(tmp_path / "run", grown)), tmp_path / "out"))


@pytest.mark.parametrize("form", ["huggingface", "gguf", "onnx"])
def test_a_run_may_be_called_anything(form: str, tmp_path: Path) -> None:
    run = saved(tmp_path / "run", trained()._replace(name="\ud800\u202e\0 $x$ 日本"))
    assert done(write_model(Wish(run, form), tmp_path / "out")).path.exists()


def test_weights_of_another_model_are_refused(tmp_path: Path) -> None:
    run = saved(tmp_path / "run", trained()._replace(settings=trained(width=64).settings))
    with pytest.raises(Trouble, match="belong to another model"):
        done(write_model(Wish(run), tmp_path / "out"))


def test_nothing_is_replaced_unasked_and_then_only_a_model(run: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done(write_model(Wish(run), out))
    with pytest.raises(Trouble, match="is there already"):
        done(write_model(Wish(run), out))
    done(write_model(Wish(run, overwrite=True), out))
    (out / "thesis.txt").write_text("dear to somebody")
    with pytest.raises(Trouble, match="holds more than a model"):
        done(write_model(Wish(run, overwrite=True), out))
    assert (out / "thesis.txt").exists()
    with pytest.raises(Trouble, match="holds more than a model"):
        done(write_model(Wish(run, overwrite=True), run))


@pytest.mark.parametrize("form", ["huggingface", "gguf", "onnx"])
def test_called_off_it_leaves_nothing(form: str, run: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    work = write_model(Wish(run, form), out / "model")
    next(work)
    next(work)
    assert list(out.iterdir())
    work.close()
    assert not list(out.iterdir())


def test_what_fails_its_check_gets_no_name(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise Trouble("It is not what was written.", "")

    monkeypatch.setattr(gguf_file, "check", failing)
    with pytest.raises(Trouble, match="not what was written"):
        done(write_model(Wish(run, "gguf"), tmp_path / "model.gguf"))
    assert not list(tmp_path.glob("model*"))


@pytest.mark.parametrize(("form", "package"), [("gguf", "gguf"), ("onnx", "onnx"), ("onnx", "onnxruntime")])
def test_a_package_that_is_lacking_is_named(
    form: str, package: str, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(Trouble, match=rf"package {package}, .*lm-terrarium\[models\]"):
        done(write_model(Wish(run, form), tmp_path / "model"))


def test_the_command_prints_where_it_is(run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command(str(run), out=tmp_path / "out")
    assert capsys.readouterr() == (f"{tmp_path / 'out'}\n", "")
    saved(tmp_path / "gpt", trained(architecture="gpt2"))
    command(str(tmp_path / "gpt"), format="gguf", out=tmp_path / "model.gguf")
    assert capsys.readouterr() == (f"{tmp_path / 'model.gguf'}\n", f"{gguf_file.ROUNDED_GELU}\n")


def test_every_format_has_its_module() -> None:
    for module in exporting.MODULES.values():
        assert all(callable(getattr(module, name)) for name in ("write", "check", "remarks"))
