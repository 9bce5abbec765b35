"""Finding runs: by words of their rows, by tags, and by their settings."""

import pytest

from gui.library.search import matches
from tests.gui.library.entries import entry

FOUND = entry(
    "amber-heron",
    1.9,
    tags=("baseline", "for class"),
    comment="The first good one",
    settings={"width": 128, "learning_rate": 0.001, "tied": True, "corpus": ["stories"], "architecture": "gpt2"},
)
WORDS = "Amber heron  Stories, 4 MB  ·  0.92 M"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "  ",
        "heron",
        "HERON amber",
        "baseline",
        '"for class"',
        "first good",
        "0.92",
        "width=128",
        "width:128",
        "width=128.0",
        "learning_rate=1e-3",
        "learning-rate<0.01",
        "width>=128 width<=128 width>127 width<129",
        "loss<2",
        "steps>4999",
        "tied=true",
        "architecture:gpt",
        "corpus=stories",
        "tag:baseline",
        "tag:class",
        "state=recorded",
    ],
)
def test_it_is_found(query):
    assert matches(FOUND, WORDS, query)


@pytest.mark.parametrize(
    "query",
    [
        "carp",
        "heron carp",
        "width=12",
        "width=1280",
        "width>128",
        "width<128",
        "architecture=llama",
        "architecture<zzz",
        "tied=1",
        "tag:heron",
        "unknown=128",
        '"heron amber"',
        "loss<nan",
    ],
)
def test_it_is_not_found(query):
    assert not matches(FOUND, WORDS, query)


def test_settings_of_any_kind_are_looked_through():
    odd = entry("odd", settings={"a": None, "b": [1, [2]], "c": {"d": 1}, "e": "x" * 100_000, "f": 10**400})
    assert not any(matches(odd, "", query) for query in ("a=1", "c=2", "e=y", "f<5"))
    assert matches(odd, "", "b=2")


def test_a_run_without_tags_is_found_by_none():
    assert not matches(entry("plain"), "", "tag:x")
