"""What the spoiling bench shows is what the run did to its text, and what the sliders would do."""

from dataclasses import replace

import numpy as np
import pytest

from engine.events import SourceExamined, SourceRead, Started, Validated
from engine.recording import Recording
from engine.settings import Settings
from gui.panels.spoiling_picture import (
    EXAMPLE,
    SHARES,
    bench,
    documents,
    facts,
    in_lines,
    one_in,
    settings_of,
    shares,
    unspoiled,
)
from gui.widgets.smoothing import TrailingMean
from tests.fakes import recording

SPOILED = Settings(duplicates=0.3, typos=0.05, boilerplate=0.1)
CLEAN, RUN = recording(120), recording(120, SPOILED)


def made(run=RUN, step=120, wished=None, place=0, clean=None):
    return bench(run, step, TrailingMean(20), wished or {}, place, clean, {})


def text_of(picture):
    return "".join(span.text for span in picture.document.spans)


def test_the_sliders_stand_where_the_run_is_until_a_person_moves_one():
    assert dict(made().present) == {"duplicates": 0.3, "typos": 0.05, "shuffled": 0.0, "boilerplate": 0.1}
    assert made().wished == made().present
    moved = made(wished={"typos": 0.5})
    assert (moved.wished["typos"], moved.present["typos"], moved.wished["duplicates"]) == (0.5, 0.05, 0.3)


def test_a_run_of_an_older_version_spoils_nothing():
    assert not any(shares({}).values())
    assert made(Recording()).begun is False
    assert made(CLEAN).begun is True


# the document


def test_a_document_is_spoiled_by_the_sliders_and_not_by_the_run():
    nothing = dict.fromkeys(SHARES, 0.0)
    assert {span.kind for span in made(wished=nothing).document.spans} == {""}
    all_typed = made(wished={**nothing, "typos": 0.9})
    assert {span.kind for span in all_typed.document.spans} == {"", "typo"}
    assert text_of(all_typed) != text_of(made(wished=nothing))


def test_the_same_sliders_show_the_same_text():
    assert made(wished={"typos": 0.4}).document == made(wished={"typos": 0.4}).document


def test_pages_go_through_the_documents_of_all_texts_and_begin_again():
    count = len(documents(RUN))
    assert made().documents == count > 2
    assert made(place=0).document.source == "Stories"
    assert made(place=2).document.source == "Facts"
    assert made(place=count).document == made(place=0).document


def test_before_a_text_is_examined_there_is_an_example():
    assert documents(Recording()) == [("", EXAMPLE)]


def test_a_short_text_has_a_line_for_each_sentence_so_that_copies_show():
    assert in_lines("One. Two! Three?") == "One.\nTwo!\nThree?"
    assert in_lines("a. b\nc. d\ne. f") == "a. b\nc. d\ne. f"
    spans = made(Recording(), wished={"duplicates": 0.9}).document.spans
    assert "duplicate" in {span.kind for span in spans}


# what was done


def test_facts_tell_what_was_found_and_what_was_done():
    told = facts(RUN, made().present)
    done = "3 in 10 passages copied · 1 in 20 words mistyped · 1 in 10 end in boilerplate"
    assert told == f"{done} · 105 near-duplicates before"
    assert facts(CLEAN, made(CLEAN).present) == "105 near-duplicates"
    assert facts(Recording(), shares({})) == ""


def test_a_text_that_was_examined_again_counts_once():
    run = recording(1)
    run.add(replace(run.latest(SourceExamined), near_copies=1000))
    assert facts(run, shares({})) == "1,070 near-duplicates"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.05, "1 in 20"),
        (0.3, "3 in 10"),
        (0.9, "9 in 10"),
        (0.5, "1 in 2"),
        (0.01, "1 in 100"),
        (0.13, "13 in 100"),
        (0.15, "3 in 20"),
        (1e-6, "1 in 1000000"),
    ],
)
def test_a_share_is_told_in_words(share, words):
    assert one_in(share) == words


# curves


def test_a_run_on_clean_text_is_what_a_spoiled_one_is_compared_with():
    clean = unspoiled(CLEAN)
    picture = made(clean=clean)
    assert picture.curves.unspoiled.y.tolist() == CLEAN.curve(Validated, "loss")[1].tolist()
    assert picture.curves.unspoiled_name == clean.name == "amber-heron"
    assert not np.shares_memory(clean.validation.y, CLEAN.curve(Validated, "loss")[1])


def test_a_spoiled_run_is_no_comparison_nor_one_that_was_never_validated():
    assert unspoiled(RUN) is None
    assert unspoiled(recording(0)) is None
    assert unspoiled(Recording()) is None


def test_a_clean_run_is_compared_with_none():
    assert not len(made(CLEAN, clean=unspoiled(CLEAN)).curves.unspoiled.x)


@pytest.mark.parametrize("other", [{"corpus": ("facts",)}, {"tokenizer": "character"}, {"vocabulary": 512}])
def test_only_the_same_text_cut_the_same_way_compares(other):
    clean = unspoiled(recording(120, Settings(**other)))
    assert clean
    assert not len(made(clean=clean).curves.unspoiled.x)


def test_settings_read_from_a_file_are_the_same_text():
    clean = unspoiled(CLEAN)
    again = Recording()
    started = CLEAN.latest(Started)
    listed = {**settings_of(RUN), "corpus": list(started.settings["corpus"])}
    again.add(replace(started, settings=listed))
    assert len(made(again, clean=clean).curves.unspoiled.x)


def test_looking_back_keeps_all_of_the_curve_and_tells_where():
    assert made(step=60).curves.playhead == 60
    assert made(step=120).curves.playhead is None
    assert len(made(step=60).curves.training.x) == 120


def test_names_of_sources_are_harmless():
    run = Recording()
    run.add(SourceRead(0, 0.0, 0, "a\u202eb", "", 1, 1, 0, 1, 1, 1, 1, "", np.nan))
    run.add(SourceExamined(0, 0.0, 0, 1, 0, (), (), (), (), (), ("Text.",), ()))
    assert documents(run) == [("aU+202Eb", "Text.")]
