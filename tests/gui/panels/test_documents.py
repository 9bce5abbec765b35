"""What a text is made of, in words and shares; strangers' text is only shown."""

from engine.events import SourceExamined, SourceRead
from engine.recording import Recording
from gui.panels.documents import DocumentsPanel
from gui.panels.documents_picture import NOTHING, SAMPLE, documents_at


def made(*samples: str) -> Recording:
    run = Recording()
    for place, name in enumerate(("Stories", "<b>\u202e.txt")):
        run.add(SourceRead(0, 0.0, place, name, "a file", 2_500_000, 1200, 34, 9000, 1000, 1, 1, "", 1.0))
    run.add(
        SourceExamined(
            0,
            0.0,
            1,
            800,
            8,
            ("Latin", "Greek"),
            (0.9, 0.1),
            (0, 1, 7),
            (" ", "\u202e"),
            (0.2, 0.01),
            samples or ("<b>bold</b>\u202e",),
            ("3 lines are \u202eno JSON.",),
        )
    )
    return run


def test_facts_are_told_in_words() -> None:
    facts = dict(documents_at(made(), 0, 1).facts)
    assert facts["documents"] == "1,200"
    assert facts["size"] == "2.5 MB"
    assert facts["exact copies left out"] == "34"
    assert facts["near-copies"] == "8 of 800 (1 %)"
    assert (facts["tokens to train on"], facts["tokens held out"]) == ("9,000", "1,000")


def test_strangers_text_is_made_harmless() -> None:
    shown = documents_at(made(), 0, 1)
    assert shown.names == ("Stories", "<b>U+202E.txt")
    assert shown.samples == ("<b>bold</b>U+202E",)
    assert shown.skipped == ("3 lines are U+202Eno JSON.",)
    assert shown.characters == (("·", 0.2), ("U+202E", 0.01))


def test_long_documents_are_cut() -> None:
    (sample,) = documents_at(made("x" * 5000), 0, 1).samples
    assert sample == "x" * SAMPLE + "…"


def test_a_text_that_is_not_there_gives_the_first_one() -> None:
    assert documents_at(made(), 0, 7).place == 0
    assert documents_at(Recording(), 0, 0) == NOTHING


def test_before_it_was_examined_the_figures_are_there() -> None:
    shown = documents_at(made(), 0, 0)
    assert dict(shown.facts)["documents"] == "1,200"
    assert (shown.samples, shown.lengths) == ((), ())


def test_the_text_chosen_elsewhere_or_here_is_on_show(qtbot: object) -> None:
    panel = DocumentsPanel()
    qtbot.addWidget(panel)  # type: ignore[attr-defined]
    panel.show()
    panel.refresh(made(), 0)
    assert panel.choice.currentText() == "Stories"
    panel.show_source(1)
    assert panel.refresh(made(), 0)
    assert panel.choice.currentText() == "<b>U+202E.txt"
    assert [sample.text.text() for sample in panel.samples if not sample.isHidden()] == ["<b>bold</b>U+202E"]
    panel.choice.activated.emit(0)
    assert panel.refresh(made(), 0)
    assert panel._shown.place == 0
