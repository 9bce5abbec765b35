"""A text in an unknown encoding stops the run with a question; a learning rate that diverged with an offer."""

import numpy as np

from engine.events import EncodingUnsure, Started, Turned
from engine.recording import Recording
from engine.settings import Settings
from gui.widgets.loss_stop import LESS, LONGEST_PREVIEW, lower_rate, stop


def unsure(preview="Gr\u00fc\u00dfe aus\nK\u00f6ln"):
    made = Recording()
    made.add(EncodingUnsure(0, 0.0, "long words", "more words", "", "/texts/old letters.txt", "cp1252", preview))
    return stop(made, np.empty(0))


def test_a_person_sees_which_text_it_is_and_how_it_would_read():
    made = unsure()
    assert made.headline == "old letters.txt is not in UTF-8."
    assert made.button == "Read it as Windows-1252"
    assert (made.source, made.encoding) == ("/texts/old letters.txt", "cp1252")
    assert made.preview == "Grüße aus Köln"
    assert not made.unstarted  # another text is not what is wanted


def test_a_preview_is_short_and_harmless():
    made = unsure("a\u202eb\ufffd" + "x" * 1000)
    assert made.preview.startswith("aU+202Eb‹?›")
    assert len(made.preview) == LONGEST_PREVIEW + 1


def test_a_mixture_that_was_turned_is_no_learning_rate():
    made = Recording()
    made.add(Started(0, 0.0, "amber-heron", Settings(learning_rate=0.02).model_dump(), 1, "CPU"))
    made.add(Turned(5, 1.0, "weights", (0.5, 0.5)))
    assert lower_rate(made, LESS) == 2e-3
    made.add(Turned(6, 1.0, "learning_rate", 0.01))
    assert lower_rate(made, LESS) == 1e-3
