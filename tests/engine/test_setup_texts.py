"""Which texts of a set-up are on this machine: the same, changed, moved beside it, or gone."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from engine.__main__ import carry_out
from engine.events import Started, Stepped
from engine.runfile import read_events
from engine.settings import Settings
from engine.setup_command import begun, restored
from engine.setup_file import ENDING, load, save
from engine.setup_texts import examined, replaced, require_texts, setup_of
from engine.trouble import Trouble


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "books" / "book.txt"
    path.parent.mkdir()
    path.write_text("".join(f"the cat sat on mat {number} and ran.\n" for number in range(300)), encoding="utf-8")
    return path


def done(work: Generator[float, None, Any]) -> Any:
    while True:
        try:
            assert 0 <= next(work) <= 1
        except StopIteration as end:
            return end.value


def states(setup: Any, folder: Path) -> list[str]:
    return [text.state for text in done(examined(setup, folder, None)).texts]


def test_each_text_is_known_by_its_hash(book, tmp_path):
    setup = done(setup_of(Settings(corpus=("stories", "facts", str(book)), megabytes=1), None))
    assert [text.name for text in setup.texts] == ["Stories", "Facts", "book.txt"]
    assert len({text.hash for text in setup.texts}) == 3
    assert setup.texts[2].size == book.stat().st_size
    assert states(setup, tmp_path) == ["same", "same", "same"]
    book.write_text("something else", encoding="utf-8")
    assert states(setup, tmp_path) == ["same", "same", "changed"]


def test_paths_hold_wherever_the_program_is_started(book, monkeypatch):
    monkeypatch.chdir(book.parent)
    assert done(setup_of(Settings(corpus="book.txt#encoding=utf-8"), None)).settings.corpus == (
        f"{book}#encoding=utf-8",
    )


def test_a_text_that_was_moved_beside_the_set_up_is_found(book, tmp_path):
    setup = done(setup_of(Settings(corpus=f"{book}#encoding=utf-8"), None))
    other = tmp_path / "other machine"
    other.mkdir()
    book.rename(other / "book.txt")
    found = done(examined(setup, other, None))
    assert found.setup.settings.corpus == (f"{other / 'book.txt'}#encoding=utf-8",)
    assert [text.state for text in found.texts] == ["same"]


def test_a_text_that_is_gone_is_said_and_can_be_chosen_anew(book, tmp_path):
    setup = done(setup_of(Settings(corpus=(str(book), "stories"), weights=(1, 3), megabytes=1), None))
    book.unlink()
    found = done(examined(setup, tmp_path, None))
    assert [text.state for text in found.texts] == ["lacking", "same"]
    with pytest.raises(Trouble, match=r"Not on this machine: .*book.txt"):
        require_texts(found)
    anew = replaced(found.setup, str(book), "facts")
    assert (anew.settings.corpus, anew.settings.weights) == (("facts", "stories"), (1, 3))
    require_texts(done(examined(anew, tmp_path, None)))


def test_a_data_set_is_not_fetched_to_be_known(tmp_path):
    setup = done(setup_of(Settings(corpus="hf:someone/something"), None))
    assert setup.texts[0].hash == ""
    assert states(setup, tmp_path) == ["there"]


def test_files_besides_the_texts_are_looked_for_too(tmp_path):
    settings = Settings(corpus="stories", megabytes=1, tokenizer="file", tokenizer_file="/gone/tokenizer.json")
    setup = done(setup_of(settings, None))
    assert done(examined(setup, tmp_path, None)).notes == (
        "The tokenizer /gone/tokenizer.json is not on this machine.",
    )
    (tmp_path / "tokenizer.json").write_text("{}")
    found = done(examined(setup, tmp_path, None))
    assert found.setup.settings.tokenizer_file == str(tmp_path / "tokenizer.json")
    assert found.notes == ()


def test_a_tokenizer_that_is_not_the_same_file_is_said(tmp_path):
    tokenizer = tmp_path / "tokenizer.json"
    tokenizer.write_text("{}")
    settings = Settings(corpus="stories", megabytes=1, tokenizer="file", tokenizer_file=str(tokenizer))
    setup = done(setup_of(settings, None))
    assert done(examined(setup, tmp_path, None)).notes == ()
    tokenizer.write_text("{ }")
    assert done(examined(setup, tmp_path, None)).notes == (f"The tokenizer {tokenizer} is not the file it was.",)
    unused = done(setup_of(Settings(megabytes=1, tokenizer_file=str(tmp_path / "gone.json")), None))
    assert done(examined(unused, tmp_path, None)).notes == ()


def test_a_published_model_that_was_moved_beside_the_set_up_brings_its_tokenizer(tmp_path):
    model, other = tmp_path / "model", tmp_path / "other machine"
    model.mkdir()
    (model / "tokenizer.json").write_text("{}")
    files = {"begin_with": str(model), "tokenizer_file": str(model / "tokenizer.json")}
    setup = done(setup_of(Settings(megabytes=1, tokenizer="file", **files), None))
    other.mkdir()
    model.rename(other / "model")
    found = done(examined(setup, other, None))
    assert found.setup.settings.begin_with == str(other / "model")
    assert found.setup.settings.tokenizer_file == str(other / "model" / "tokenizer.json")
    assert found.notes == ()


SMALL = ("--layers", "1", "--heads", "1", "--width", "16", "--context", "16", "--batch-size", "2", "--tokenizer",
         "byte", "--device", "cpu", "--threads", "1", "--precision", "fp32", "--attention", "fused")  # fmt: skip


def test_a_run_is_trained_again_from_its_set_up_on_another_machine(book, tmp_path, capsys):
    first, second, file = tmp_path / "first", tmp_path / "second", tmp_path / f"mine{ENDING}"
    recipe = ("--corpus", "stories", str(book), "--weights", "1", "3", "--megabytes", "1", "--typos", "0.2")
    assert carry_out(["train", *recipe, *SMALL, "--steps", "3", "--out", str(first)]) == 0
    carry_out(["setup", str(first), "--out", str(file)])
    assert capsys.readouterr().out.splitlines()[-1] == str(file)
    assert load(file).setup.stop_at == 3
    book.rename(tmp_path / "book.txt")
    assert carry_out(["train", "--setup", str(file), "--out", str(second)]) == 0
    steps = [[event.loss for event in read_events(run) if isinstance(event, Stepped)] for run in (first, second)]
    assert len(steps[0]) == 3
    assert steps[0] == steps[1]
    with pytest.raises(Trouble, match="is there already"):
        carry_out(["setup", str(first), "--out", str(file)])


def test_a_text_that_is_lacking_stops_it_before_it_begins_unless_another_is_chosen(book, tmp_path):
    file = save(done(setup_of(Settings(corpus=str(book)), None)), tmp_path / "mine")
    book.unlink()
    with pytest.raises(Trouble, match="Not on this machine"):
        carry_out(["train", "--setup", str(file)])
    text = tmp_path / "another.txt"
    text.write_text("we saw the sun set.\n" * 300)
    out = tmp_path / "run"
    assert (
        carry_out(["train", "--setup", str(file), "--corpus", str(text), *SMALL, "--steps", "1", "--out", str(out)])
        == 0
    )
    (started,) = (event for event in read_events(out) if isinstance(event, Started))
    assert started.settings["corpus"] == [str(text)]


def test_a_set_up_is_not_mixed_with_other_beginnings(tmp_path):
    file = save(done(setup_of(Settings(megabytes=1), None)), tmp_path / "mine")
    with pytest.raises(Trouble, match="A set-up says all"):
        carry_out(["train", "--setup", str(file), "--preset", "nanogpt-cpu"])
    with pytest.raises(Trouble, match="A set-up begins a run of its own"):
        carry_out(["train", "--setup", str(file), "--resume", "fox"])


def test_what_has_changed_is_said(book, tmp_path, capsys):
    file = save(done(setup_of(Settings(corpus=str(book)), None)), tmp_path / "mine")
    book.write_text("other words\n" * 100)
    restored(file)
    assert "book.txt is not the text it was." in capsys.readouterr().err


def test_what_no_set_up_holds_is_said(book, tmp_path, capsys):
    run, branch = tmp_path / "run", tmp_path / "branch"
    carry_out(["train", "--corpus", str(book), *SMALL, "--steps", "2", "--out", str(run)])
    carry_out(["setup", str(run), "--out", str(tmp_path / "run")])
    assert "branch" not in capsys.readouterr().err.splitlines()[-1]
    carry_out(["train", "--branch", str(run), "--learning-rate", "1e-4", "--steps", "3", "--out", str(branch)])
    carry_out(["setup", str(branch), "--out", str(tmp_path / "branch")])
    assert "The run is a branch" in capsys.readouterr().err.splitlines()[-1]
    assert load(tmp_path / f"branch{ENDING}").setup.settings.learning_rate == 1e-4


def test_a_run_that_came_to_its_end_stops_there_again(book, tmp_path):
    run = tmp_path / "run"
    carry_out(["train", "--corpus", str(book), *SMALL, "--steps", "3", "--horizon", "10", "--out", str(run)])
    assert begun(run).steps == 3
    carry_out(["train", "--resume", str(run)])
    assert begun(run).steps is None
