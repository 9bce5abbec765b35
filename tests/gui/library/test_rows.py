"""The rows of the library: who stands under whom, and what each of them says."""

from datetime import UTC, datetime
from math import nan

import numpy as np
import pytest

from engine.library.small_curve import thinned
from gui.library.rows import can_be_opened, flat, rows, sentence
from gui.widgets.smoothing import TrailingMean
from tests.gui.library.entries import RUNS, entry, seeds


def outline(tree):
    return [(row.name, outline(row.children)) if row.children else row.name for row in tree]


def branch(name, parent, hours=0.0, **told):
    return entry(name, hours=hours, parent=parent, fork=800, **told)


def test_branches_stand_under_their_parent_in_the_order_they_were_made():
    made = rows(
        [
            branch("batch 48", "heron", 1),
            branch("rate × 3", "heron", 2),
            entry("carp", hours=3),
            entry("heron", hours=9),
        ]
    )
    assert outline(made) == [("heron", ["rate × 3", "batch 48"]), "carp"]
    assert made[0].children[0].details == ("from step 800",)


def test_a_branch_of_a_branch_stands_under_it():
    made = rows([branch("c", "b"), branch("b", "a", 1), entry("a", hours=2)])
    assert outline(made) == [("a", [("b", ["c"])])]


def test_a_branch_whose_parent_is_gone_stands_alone_and_still_says_where_it_began():
    made = rows([branch("b", "gone"), branch("c", "../heron", 1), branch("d", "", 2)])
    assert outline(made) == ["b", "c", "d"]
    assert made[0].details == ("from step 800",)


def test_claims_that_go_in_a_circle_lose_no_run():
    made = rows([branch("a", "b"), branch("b", "c"), branch("c", "a"), branch("d", "d")])
    assert sorted(row.name for row in flat(made)) == ["a", "b", "c", "d"]


def test_runs_of_one_action_share_a_row_that_opens():
    made = rows([*seeds(5), entry("carp", hours=1)])
    assert outline(made) == [("five seeds", ["s1", "s2", "s3", "s4", "s5"]), "carp"]
    assert made[0].details == ("group of 5", "seeds 1 to 5")
    assert made[0].loss == "2.30"  # mean of 2.1 to 2.5
    assert made[0].group
    assert not made[0].children[0].group


def test_the_moment_that_tells_two_groups_apart_is_not_read_out():
    again = [seeds(2, group=f"seeds 1 to 2, 2026-11-21 17:22:5{second}") for second in (5, 6)]
    made = rows([*again[0], *again[1]])
    assert [(row.name, row.details) for row in made] == [("seeds 1 to 2", ("group of 2",))] * 2


def test_the_curve_of_a_group_is_the_mean_as_far_as_all_have_come():
    short = entry("a", 2.0, group="g", curve_steps=np.array([1.0, 100.0]), curve=np.array([8.0, 4.0]))
    long = entry("b", 2.0, group="g", curve_steps=np.array([1.0, 199.0]), curve=np.array([6.0, 2.0]))
    (row,) = rows([short, long])
    assert row.curve_steps.tolist() == [1.0, 100.0]
    assert row.curve.tolist() == [7.0, 4.0]


def test_a_group_says_what_its_members_differ_in():
    layers = [entry(str(n), group="depth", settings={"layers": n, "seed": 1}) for n in (2, 4, 8)]
    both = [entry(str(n), group="more", settings={"layers": n, "seed": n}) for n in (2, 4)]
    apart = [entry(str(n), group="seeds", settings={"seed": n}) for n in (1, 7)]
    assert [row.details[1] for row in rows(layers) + rows(both) + rows(apart)] == [
        "layers 2, 4, 8",
        "2 settings differ",
        "2 seeds",
    ]


def test_what_the_name_of_a_group_says_is_not_said_twice():
    (row,) = rows(seeds(3, group="seeds 1 to 3, noon"))
    assert (row.name, row.details) == ("seeds 1 to 3, noon", ("group of 3",))


def test_one_member_that_is_left_is_a_run_like_any_other():
    (row,) = rows(seeds(1))
    assert (row.group, row.name, row.children) == (False, "s1", ())


def test_seeds_of_a_branch_stand_under_what_they_branched_from():
    made = rows([*seeds(3, parent="heron", fork=800), entry("heron", hours=5)])
    assert outline(made) == [("heron", [("five seeds", ["s1", "s2", "s3"])])]


def test_a_run_says_what_it_learns_from_and_how_large_it_is():
    (row,) = rows([entry("heron", 1.904, tags=("baseline",))])
    assert row.details == ("Stories, 4 MB", "0.92 M", "baseline", "1 Mar")
    assert row.loss == "1.90"


def test_before_the_text_is_read_it_is_called_by_the_settings():
    (row,) = rows([entry("heron", corpus="", corpus_bytes=0, settings={"corpus": ["/home/me/poems.txt"]})])
    assert row.details[0] == "poems.txt"
    for odd in ({"corpus": []}, {"corpus": 5}, {"corpus": [None]}, {}):
        (row,) = rows([entry("heron", corpus="", settings=odd)])
        assert row.details[0] == "0.92 M"


def test_one_that_trains_or_waits_says_so():
    made = rows([branch("b", "heron", state="live", plays=True), entry("heron", hours=1, state="live")])
    assert [row.details for row in flat(made)] == [
        ("Stories, 4 MB", "0.92 M", "waits", "1 Mar"),
        ("from step 800", "training"),
    ]
    assert all(row.live for row in made)


def test_one_that_stopped_says_why_and_shows_no_loss():
    (row,) = rows([entry("moss", nan, state="stopped", says="step 312: The loss is not a number.")])
    assert (row.loss, row.says) == ("–", "step 312: The loss is not a number.")


def test_a_damaged_run_can_be_opened_and_an_empty_one_cannot():
    assert can_be_opened(entry("a", state="damaged", steps=0))
    assert not can_be_opened(entry("b", state="empty", steps=0))


def test_names_and_words_of_strangers_are_shown_harmlessly():
    evil = "\u202egpj\u202c\x07\n" + "x" * 10_000
    (row,) = rows([entry("a", name=evil, tags=(evil,), comment=evil, corpus=evil, state="stopped", says=evil)])
    for text in (row.name, row.says, *row.details, sentence(row)):
        assert not {"\u202e", "\u202c", "\x07", "\n"} & set(text)
        assert len(text) < 2000
    assert row.name.startswith("U+202Egpj")
    assert row.name.endswith("…")


def test_an_empty_name_still_has_a_row():
    assert rows([entry("a", name="")])[0].name == "–"


def test_what_is_sought_comes_with_what_it_stands_under():
    runs = [branch("rate × 3", "heron"), entry("heron", hours=1), *seeds(3, hours=2), entry("carp", hours=3)]
    assert outline(rows(runs, "rate")) == [("heron", ["rate × 3"])]
    assert outline(rows(runs, "heron")) == ["heron"]
    assert outline(rows(runs, "seed=2")) == [("five seeds", ["s2"])]
    assert outline(rows(runs, "group of")) == [("five seeds", ["s1", "s2", "s3"])]
    assert outline(rows(runs, "layers=4 carp")) == ["carp"]
    assert rows(runs, "nothing at all") == ()


def test_the_whole_row_is_said_in_words():
    told = entry("heron", 1.9, validation=2.05, tags=("a", "b"), comment="Good.")
    assert sentence(rows([told])[0]) == (
        "heron: Stories, 4 MB, 0.92 M, a, loss 1.90 nats per token at step 5,000, validation 2.05 at best, "
        f"begun {told.date:%d %b %Y, %H:%M}, 41 MB, tags a, b. Good."
    )
    assert sentence(rows(seeds(3))[0]).startswith("five seeds: group of 3, seeds 1 to 3; loss 2.20")


def test_a_row_without_a_date_names_none():
    (row,) = rows([entry("a", date=datetime.fromtimestamp(0, UTC))])
    assert "1970" not in sentence(row) + row.words
    assert row.details == ("Stories, 4 MB", "0.92 M")


def test_the_loss_is_the_one_the_chart_shows():
    losses = np.random.default_rng(0).normal(3.0, 0.5, 700)
    losses[[3, 500]] = np.nan
    small = thinned(np.arange(1.0, 701), losses)
    means = TrailingMean(20).of(losses)
    assert small.losses_P == pytest.approx(means[small.steps_P.astype(int) - 1], nan_ok=True)


def test_the_folder_is_the_key():
    assert rows([entry("heron")])[0].key == str(RUNS / "heron")
