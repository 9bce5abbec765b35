"""Every sum is right, and every kind of exercise says all that it is about."""

import re

import pytest

from engine.corpus.world import told
from engine.corpus.world.grammar import NUMBER, Options, Slot, grammar

LINES = [line for piece in told("arithmetic", 0.2) for line in piece.text.split("\n")]
WORDS = {"plus": "+", "minus": "-", "times": "*", "divided by": "//"}


def test_what_stands_beside_an_equals_sign_is_equal() -> None:
    sums = [line.replace(" / ", " // ").split(" = ") for line in LINES if " = " in line]
    assert len(sums) > 500
    for left, right in sums:
        assert eval(left) == eval(right), (left, right)


def test_what_is_said_in_words_is_right() -> None:
    pattern = (
        r"(?:What is )?(\d+) (plus|minus|times|divided by) (\d+)(?: is |\? It is )(-?\d+)(?:, and (\d+) is left)?\."
    )
    found = [match for line in LINES if (match := re.fullmatch(pattern, line))]
    assert {match[2] for match in found} == set(WORDS)
    for match in found:
        assert eval(f"{match[1]} {WORDS[match[2]]} {match[3]}") == int(match[4]), match[0]
        assert int(match[5] or 0) == (int(match[1]) % int(match[3]) if match[2] == "divided by" else 0), match[0]


@pytest.mark.parametrize(
    ("pattern", "rule"),
    [
        (r"Now \w+ has (\d+)", lambda a, b, *_, c: a + b == c),
        (r"keeps (\d+)", lambda a, b, *_, c: a - b == c),
        (r"How many are there in \d+ of them\? (\d+)", lambda a, b, *_, c: a * b == c),
        (r"Each of them gets (\d+)", lambda a, b, *_, c: b == a * c),
        (r"gets (\d+) back", lambda b, a, whole, paid, *_, c: whole == a * b and paid - whole == c),
        (r"is less than (\d+)\.", lambda a, *_, c: a < c),
    ],
)
def test_stories_with_numbers_come_out_right(pattern: str, rule) -> None:
    found = [line for line in LINES if re.search(pattern, line)]
    assert found
    for line in found:
        *numbers, last = (int(number) for number in re.findall(r"\d+", line))
        assert rule(*numbers, c=last), line


@pytest.mark.parametrize("folder", ["arithmetic", "programs"])
def test_no_number_is_drawn_that_nobody_sees(folder: str) -> None:
    """Or what a document tells would be overrated."""
    for plot in grammar(folder).plots:
        drawn = {role for role, wanted in plot.given.items() if NUMBER.fullmatch(wanted)}
        for way in (way for scene in plot.scenes for way in scene.ways):
            assert drawn <= shown(Options((way,), (0.0,), None)), plot.title


def shown(said: Options) -> set[str]:
    found = {part.role for way in said.ways for part in way if isinstance(part, Slot)}
    return found.union(*(shown(part) for way in said.ways for part in way if isinstance(part, Options)))
