"""A set-up comes back as it was written; what is damaged, newer or hostile is said in a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine import setup_file
from engine.settings import Settings
from engine.setup_file import ENDING, VERSION, Look, Setup, Text, load, named, parse, save, written
from engine.trouble import Trouble

SETTINGS = Settings(corpus=("stories", "/books/größe.txt#column=body"), weights=(1.0, 2.5), typos=0.1, probe="ärger?")
SETUP = Setup(
    name="amber-heron",
    settings=SETTINGS,
    texts=(
        Text(source="stories", name="Stories", size=4_000_000, hash="ab"),
        Text(source="/books/größe.txt", name="g"),
    ),
    stop_at=2418,
    window=Look(layout="Data", places="AAAA", panels={"Loss": {"unit": "bits"}}),
)


def facts(**changes: Any) -> str:
    return json.dumps({**json.loads(written(SETUP)), **changes})


def test_it_comes_back_as_it_was_written(tmp_path):
    path = save(SETUP, tmp_path / "mine")
    assert path == tmp_path / f"mine{ENDING}"
    assert load(path) == (SETUP, ())
    assert "größe" in path.read_text("utf-8")
    assert path.stat().st_size < 10_000


def test_nothing_is_written_over_unless_it_is_wished_for(tmp_path):
    path = save(SETUP, tmp_path / "mine")
    with pytest.raises(Trouble, match="is there already"):
        save(SETUP, path)
    save(SETUP.model_copy(update={"name": "another"}), path, overwrite=True)
    assert load(path).setup.name == "another"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [path.name]


@pytest.mark.parametrize("name", ["mine", "mine.json", f"mine{ENDING}"])
def test_its_name_ends_as_a_set_up_does(name):
    assert named(Path(name)).name in (f"mine{ENDING}",)


def test_only_what_differs_needs_to_be_said():
    setup = parse(json.dumps({"format": "terrarium set-up", "version": 1, "settings": {"layers": 2}}), "short").setup
    assert setup.settings == Settings(layers=2)
    assert setup.stop_at is None


def test_what_a_newer_version_wrote_is_said_and_left_out():
    settings = {**SETTINGS.model_dump(), "telepathy": 1}
    text = facts(version=VERSION + 1, program="9.9\x1b[31m", colour="red", settings=settings)
    setup, notes = parse(text, "newer")
    assert setup.settings == SETTINGS
    assert notes[0] == "It was written by a newer version, 9.9\ufffd[31m."
    assert notes[1] == "Not known here, and left out: colour, settings.telepathy."


def test_what_a_newer_version_means_and_this_one_cannot_have_needs_the_newer_one():
    with pytest.raises(Trouble, match="Architecture") as error:
        parse(facts(version=VERSION + 1, settings={"architecture": "quantum"}), "newer")
    assert error.value.advice == "Open it with a newer version of Terrarium."


def test_an_older_one_is_brought_up_to_date_step_by_step(monkeypatch):
    monkeypatch.setattr(setup_file, "VERSION", 3)
    steps = {1: lambda old: {**old, "name": old["name"] + "b"}, 2: lambda old: {**old, "name": old["name"] + "c"}}
    monkeypatch.setattr(setup_file, "MIGRATIONS", steps)
    assert parse(facts(name="a"), "old").setup.name == "abc"
    assert parse(facts(name="a", version=3), "new").setup.name == "a"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "odd is damaged, or no set-up"),
        ("[" * 100_000, "odd is damaged, or no set-up"),
        ("[]", "odd is no set-up of Terrarium"),
        ('{"format": "something else"}', "odd is no set-up of Terrarium"),
        (facts(version="1"), "does not say which version"),
        (facts(version=True), "does not say which version"),
        (facts(version=0), "does not say which version"),
        (facts(settings=None), "settings"),
        (facts(settings={"layers": 1e999}), "Layers"),
        (facts(settings={"layers": 0}), "Layers"),
        (facts(settings={"corpus": []}), "No text is chosen"),
        (facts(stop_at=0), "stop_at"),
        (facts(stop_at="later"), "stop_at"),
        (facts(texts=[{"source": 3}]), "texts.0.source"),
        (facts(texts=[7]), "texts.0"),
        (facts(window={"panels": {"Loss": 3}}), "window.panels.Loss"),
    ],
)
def test_what_is_no_set_up_is_refused_with_a_sentence(text, words):
    with pytest.raises(Trouble, match=words):
        parse(text, "odd")


def test_files_that_cannot_be_read_are_named(tmp_path):
    with pytest.raises(Trouble, match=r"gone.* cannot be read"):
        load(tmp_path / "gone")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(Trouble, match="it is not text"):
        load(tmp_path / "bytes")
    (tmp_path / "large").write_bytes(b" " * 1_000_001)
    with pytest.raises(Trouble, match="too large"):
        load(tmp_path / "large")


def test_numbers_that_json_does_not_have_are_never_written():
    assert "NaN" not in written(SETUP.model_copy(update={"window": Look(panels={"Loss": {"low": float("nan")}})}))
