"""A checkpoint on disk: what is in it, whole or not there, and every kind of damage refused with a sentence."""

import json
import os
import pickle
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from engine.checkpoints import ASIDE, FOLDER, LEFT, REPLACED, checkpoints
from engine.commands import Save
from engine.training import checkpoint, state
from engine.training.checkpoint import MODEL, OPTIMIZER, STATE, TOKENIZER, read
from engine.training.snapshot import restore
from engine.trouble import Trouble
from tests.engine.training.going_on import begun, exact, saved, steps, told


class Harm:
    """Would leave a file behind if anybody unpickled it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self.path,)


def rewrite(path: Path, change: Callable[[dict[str, torch.Tensor]], object]) -> None:
    """Other tensors under a hash that is right, as somebody might who wants to be believed."""
    tensors = load_file(path)
    change(tensors)
    save_file(tensors, path)
    facts(path.parent, lambda all_: all_["files"].update({path.name: checkpoint._hash(path)}))


def facts(folder: Path, change: Callable[[dict], object]) -> None:
    made = json.loads((folder / STATE).read_text())
    change(made)
    (folder / STATE).write_text(json.dumps(made))


@pytest.fixture
def folder(tiny, tmp_path) -> Path:
    return saved(exact(tiny, average=0.9), tmp_path / "run")


def test_everything_has_its_name(folder):
    assert {path.name for path in folder.iterdir()} == {
        "model.safetensors", "optimizer.safetensors", "average.safetensors", "tokenizer.json", "state.json",
    }  # fmt: skip
    assert folder.name == "step-000003"
    assert "exp_avg/blocks.0.attention.back.weight" in load_file(folder / OPTIMIZER)
    made = json.loads((folder / STATE).read_text())
    assert (made["schema_version"], made["step"], made["name"]) == (2, 3, "test")
    assert made["tokens_seen"] == 3 * 8 * 32
    assert len(made["losses"]) == len(made["gradient_norms"]) == 3
    assert made["versions"]["torch"] == torch.__version__
    assert "seed" in made["randomness"]


def test_reading_gives_what_was_written(folder):
    found = read(folder)
    assert found.state.step == 3
    assert found.tokenizer.decode(found.tokenizer.encode("the cat")) == "the cat"
    assert found.tensors.average.keys() == found.tensors.model.keys()


@pytest.mark.parametrize("name", [MODEL, OPTIMIZER, "average.safetensors", TOKENIZER, STATE])
def test_a_file_that_is_lacking_or_cut_short_is_named(folder, name):
    whole = (folder / name).read_bytes()
    for length in (0, 5, len(whole) // 2, len(whole) - 1):
        (folder / name).write_bytes(whole[:length])
        with pytest.raises(Trouble, match=r"damaged|cut short|belong together"):
            read(folder)
    (folder / name).unlink()
    with pytest.raises(Trouble, match=rf"{name} is lacking"):
        read(folder)


def test_one_changed_bit_is_noticed(folder):
    raw = bytearray((folder / MODEL).read_bytes())
    raw[-1] ^= 1
    (folder / MODEL).write_bytes(raw)
    with pytest.raises(Trouble, match="not what was saved"):
        read(folder)


def test_a_header_larger_than_the_file_is_refused_before_it_is_read(folder):
    raw = (folder / MODEL).read_bytes()
    for header in (len(raw), 2**40, 2**63):
        (folder / MODEL).write_bytes(header.to_bytes(8, "little") + raw[8:])
        with pytest.raises(Trouble, match=r"cut short, or no safetensors"):
            read(folder)


def test_a_header_that_is_no_header_is_refused(folder):
    for header in (b"{" * 100, b'{"a": {"dtype": "F32", "shape": [9999999], "data_offsets": [0, 40]}}'):
        (folder / MODEL).write_bytes(len(header).to_bytes(8, "little") + header)
        facts(folder, lambda all_: all_["files"].update({MODEL: checkpoint._hash(folder / MODEL)}))
        with pytest.raises(Trouble, match=r"model\.safetensors is damaged"):
            read(folder)


@pytest.mark.parametrize("length", [0x10280, 0x10380, 0x10480, 0x10580])
def test_a_header_whose_length_begins_like_a_pickle_is_one_all_the_same(folder, length):
    raw = (folder / MODEL).read_bytes()
    end = 8 + int.from_bytes(raw[:8], "little")
    (folder / MODEL).write_bytes(length.to_bytes(8, "little") + raw[8:end].ljust(length) + raw[end:])
    facts(folder, lambda all_: all_["files"].update({MODEL: checkpoint._hash(folder / MODEL)}))
    assert read(folder).tensors.model.keys() == load_file(folder / MODEL).keys()


def test_a_pickle_under_another_name_is_refused_and_does_nothing(folder, tmp_path):
    touched = tmp_path / "touched"
    for protocol in (2, 3, 4, 5):
        (folder / MODEL).write_bytes(pickle.dumps(Harm(touched), protocol))
        with pytest.raises(Trouble, match="is a pickle"):
            read(folder)
    with zipfile.ZipFile(folder / MODEL, "w") as packed:
        packed.writestr("archive/data.pkl", pickle.dumps(Harm(touched)))
    with pytest.raises(Trouble, match="is a pickle"):
        read(folder)
    for name in (STATE, TOKENIZER):
        before = (folder / name).read_bytes()
        (folder / name).write_bytes(pickle.dumps(Harm(touched), 0))
        with pytest.raises(Trouble):
            read(folder)
        (folder / name).write_bytes(before)
    assert not touched.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda tensors: tensors.pop("norm.weight"),
        lambda tensors: tensors.update(stranger=torch.ones(3)),
        lambda tensors: tensors.update({"norm.weight": torch.ones(31)}),
        lambda tensors: tensors.update({"norm.weight": torch.ones(32, dtype=torch.float64)}),
    ],
)
def test_tensors_of_another_model_are_refused_and_nothing_is_changed(tiny, folder, change):
    rewrite(folder / MODEL, change)
    trainer = begun(exact(tiny, average=0.9))
    before = {name: weight.clone() for name, weight in trainer.learner.model.named_parameters()}
    found = read(folder)
    with pytest.raises(Trouble, match=r"model\.safetensors belongs to another model"):
        restore(trainer.learner, found.tensors, found.state)
    assert all(torch.equal(weight, before[name]) for name, weight in trainer.learner.model.named_parameters())
    assert trainer.step == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda tensors: tensors.pop("step/norm.weight"),
        lambda tensors: tensors.update({"mean/norm.weight": torch.ones(32)}),
        lambda tensors: tensors.update({"exp_avg/stranger": torch.ones(32)}),
        lambda tensors: tensors.update({"exp_avg/norm.weight": torch.ones(31)}),
        lambda tensors: tensors.update({"step/norm.weight": torch.tensor(3)}),
    ],
)
def test_the_memory_of_another_optimizer_is_refused(tiny, folder, change):
    rewrite(folder / OPTIMIZER, change)
    found = read(folder)
    with pytest.raises(Trouble, match=r"optimizer\.safetensors belongs to another model"):
        restore(begun(exact(tiny, average=0.9)).learner, found.tensors, found.state)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda made: made.update(schema_version=99), "schema 99; this program reads 2"),
        (lambda made: made.pop("schema_version"), "damaged"),
        (lambda made: made.update(step=-1), "damaged"),
        (lambda made: made.update(stranger=1), "damaged"),
        (lambda made: made.update(seen=[1, 2]), "not of its texts"),
        (lambda made: made.update(last_window=[1, 0]), "not of its texts"),
        (lambda made: made.update(seen=[10**20]), "damaged"),
        (lambda made: made.update(losses=[1.0] * 129), "damaged"),
        (lambda made: made["settings"].update(layers=0), "Layers"),
        (lambda made: made["settings"].update(average=0.0), "belong together"),
        (lambda made: made["files"].pop(MODEL), "belong together"),
    ],
)
def test_a_state_that_cannot_be_is_refused(folder, change, words):
    facts(folder, change)
    with pytest.raises(Trouble, match=words):
        read(folder)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_out_of_the_folder_are_refused(folder, tmp_path):
    for name in (MODEL, STATE):
        outside = tmp_path / name
        shutil.move(folder / name, outside)
        (folder / name).symlink_to(outside)
        with pytest.raises(Trouble, match="leads somewhere else"):
            read(folder)
        (folder / name).unlink()
        shutil.move(outside, folder / name)
    read(folder)


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
def test_a_pipe_is_not_waited_for(folder):
    (folder / STATE).unlink()
    os.mkfifo(folder / STATE)
    with pytest.raises(Trouble, match="leads somewhere else"):
        read(folder)


def test_the_state_survives_json_to_the_last_bit(folder):
    made = read(folder).state.model_copy(update={"losses": (0.1 + 0.2, 1e-310, 3.0e200), "time": 1 / 3})
    assert state.parse(made.model_dump_json()) == made


def test_a_state_of_the_first_schema_goes_on_with_the_same_numbers(folder):
    def older(made: dict) -> None:
        (seen,), (_, place) = made.pop("seen"), made.pop("last_window")
        assert place == seen - made["last_batch"]
        made.update(schema_version=1, windows_seen=seen)
        settings = made["settings"]
        for newer in ("weights", "megabytes", "tokenizer_file", "duplicates", "typos", "shuffled", "boilerplate"):
            del settings[newer]
        (settings["corpus"],) = settings["corpus"]

    before = read(folder).state
    facts(folder, older)
    assert read(folder).state == before


def test_a_text_may_have_a_name_that_is_no_utf_8(folder):
    before = read(folder)
    settings = before.state.settings.model_copy(update={"corpus": ("na\udcffme\n.txt",)})
    changed = before.state.model_copy(update={"settings": settings})
    checkpoint.write(folder, before.tensors, before.tokenizer.to_json(), changed)
    assert read(folder).state.settings.corpus == settings.corpus


def test_what_a_killed_writer_left_is_cleared_at_the_next_first_step(tiny, folder):
    run = folder.parent.parent
    for ending in (f"{ASIDE}123", REPLACED):
        shutil.copytree(folder, folder.with_name(folder.name + ending))
    trainer = begun(exact(tiny, average=0.9), run, folder)
    assert len(list(folder.parent.iterdir())) == 3  # a run that is only looked at is left as it is
    steps(trainer, 1)
    assert [path.name for path in folder.parent.iterdir()] == ["step-000003"]


def test_a_replacement_that_never_came_leaves_the_old_one_in_force(folder):
    run = folder.parent.parent
    folder.rename(folder.with_name(folder.name + REPLACED))
    shutil.copytree(checkpoints(run)[3], folder.with_name(f"{folder.name}{ASIDE}9"))
    assert read(checkpoints(run)[3]).state.step == 3
    checkpoint.tidy(folder.parent)
    assert checkpoints(run) == {3: folder}
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_asides_and_what_was_left_behind_are_no_checkpoints(tmp_path):
    for name in ("step-000001", "step-000002.aside-1", "step-000003.left", "step-7", "notes"):
        (tmp_path / FOLDER / name).mkdir(parents=True)
    assert list(checkpoints(tmp_path)) == [1]


def test_the_same_step_saved_again_replaces_it(tiny, tmp_path):
    trainer = begun(exact(tiny), tmp_path)
    steps(trainer, 1)
    told(trainer, Save())
    trainer.settings = trainer.settings.model_copy(update={"probe": "a dog"})
    told(trainer, Save())
    assert read(checkpoints(tmp_path)[1]).state.settings.probe == "a dog"
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == ["step-000001"]
    assert LEFT not in str(checkpoints(tmp_path)[1])
