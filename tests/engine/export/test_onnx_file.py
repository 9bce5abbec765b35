"""An ONNX file: onnxruntime must find our logits, for any number of rows and tokens."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

from engine.export import onnx_file
from engine.export.grown import Grown, logits
from engine.trouble import Trouble
from tests.engine.export.trained import SHAPES, trained


def given(grown: Grown, folder: Path) -> Path:
    path = folder / "model.onnx"
    onnx_file.write(grown, path)
    onnx_file.check(grown, path)
    return path


@pytest.mark.parametrize("shape", SHAPES)
def test_onnxruntime_finds_our_logits(shape: str, tmp_path: Path) -> None:
    grown = trained(**SHAPES[shape])
    path = given(grown, tmp_path)
    onnx.checker.check_model(path, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    for rows, length in ((1, 1), (3, 7), (2, grown.settings.context)):
        tokens_BT = np.random.default_rng(1).integers(grown.vocabulary, size=(rows, length))
        (found_BTV,) = session.run(None, {"tokens": tokens_BT})
        np.testing.assert_allclose(found_BTV, logits(grown, tokens_BT), rtol=0, atol=1e-4)


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    model = onnx.load(given(trained(), tmp_path))
    told = {one.key: one.value for one in model.metadata_props}
    assert told["name"] == "amber-heron"
    assert (told["step"], told["end"], told["context"]) == ("7", "256", "24")
    assert '"type": "BPE"' in told["tokenizer.json"]


def test_the_same_model_gives_the_same_file(tmp_path: Path) -> None:
    grown = trained()
    assert given(grown, tmp_path).read_bytes() == onnx_file.Written(grown).file()


def test_a_file_that_computes_otherwise_is_refused(tmp_path: Path) -> None:
    path = given(trained(), tmp_path)
    with pytest.raises(Trouble, match="computes other logits"):
        onnx_file.check(trained(rotation_base=100.0), path)


def test_what_the_format_cannot_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_file, "LARGEST", 10_000)
    with pytest.raises(Trouble, match="2 GB at most"):
        onnx_file.write(trained(), tmp_path / "model.onnx")
