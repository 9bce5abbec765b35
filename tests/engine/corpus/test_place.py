"""A path and the choices that belong to it, as one string and back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.corpus.place import CHOICES, Place, chosen, place_of, shown, written
from engine.trouble import Trouble


def test_a_plain_path_has_no_choices() -> None:
    place = place_of("/books/one.txt")
    assert (place.path, place.choices, place.hub) == ("/books/one.txt", {}, "")


def test_choices_follow_the_path() -> None:
    place = place_of("/books/c#.csv#column=my%20text&encoding=cp1252")
    assert place.path == "/books/c#.csv"
    assert place.choices == {"column": "my text", "encoding": "cp1252"}


def test_a_path_that_exists_is_the_path(tmp_path: Path) -> None:
    file = tmp_path / "a#column=b"
    file.write_text("text")
    assert place_of(str(file)).path == str(file)


def test_a_data_set_of_the_hub_has_a_name() -> None:
    assert place_of("hf:someone/poems#subset=en&split=test").hub == "someone/poems"


def test_what_cannot_be_chosen_is_trouble() -> None:
    with pytest.raises(Trouble, match="“colour” cannot be chosen"):
        place_of("a.csv#colour=red")


def test_a_choice_is_added_to_those_before() -> None:
    assert chosen("a.csv#column=x", encoding="cp1252") == "a.csv#column=x&encoding=cp1252"
    assert chosen("a.csv#column=x", column="") == "a.csv"


@given(st.fixed_dictionaries({name: st.text() for name in CHOICES}))
def test_what_is_written_is_understood_again(choices: dict[str, str]) -> None:
    assert place_of(written(Place("no such/file.csv", **choices))).choices == Place("", **choices).choices


@given(st.text() | st.text("\ud800\udcff\n\x00\u202ea"))
def test_any_name_can_be_shown_and_kept(name: str) -> None:
    assert shown(name).encode("utf-8").decode().isprintable()
    assert len(shown(name)) == len(name)
