"""What a file says about where it came from."""

from engine.recording import Recording
from gui.export.provenance import digest, provenance
from tests.fakes import recording


def test_the_digest_is_the_same_for_the_same_settings_in_any_order():
    assert digest({"seed": 1, "corpus": ("a", "b")}) == digest({"corpus": ["a", "b"], "seed": 1})
    assert digest({"seed": 1}) != digest({"seed": 2})
    assert len(digest({})) == 12


def test_it_names_run_step_settings_and_version():
    made = provenance(recording(5), "amber-heron", 3, "Loss")
    assert made.sentence == f"Loss, run amber-heron, step 3, settings {made.settings}, Terrarium {made.version}"
    assert len(made.settings) == 12
    assert made._replace(panel="").sentence.startswith("run amber-heron")


def test_a_run_that_has_not_begun_has_no_settings():
    made = provenance(Recording(), "new", 0)
    assert made.settings == ""
    assert "settings unknown" in made.sentence
