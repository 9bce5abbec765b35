"""A recorded setting in words, whatever was recorded."""

import pytest

from gui.widgets.setting_words import label_of, whole, worded


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("learning_rate", 1e-3, "1.0e-3"),
        ("learning_rate", 0.00123456, "0.00123456"),
        ("batch_size", 1024, "1,024"),
        ("clip", 0.0, "off"),
        ("tokenizer", "bpe", "BPE"),
        ("skip_spikes", True, "on"),
        ("corpus", ["stories"], "Stories"),
        ("corpus", ["stories", "notes.txt"], "2 texts"),
        ("prompt", "a\nb\u202ec", "a↵bU+202Ec"),
        ("prompt", "", "not set"),
        ("batch_size", "<b>many</b>", "<b>many</b>"),
        ("of another version", 3, "3"),
        ("batch_size", None, "None"),
    ],
)
def test_a_value_is_written_as_the_form_has_it(name, value, words):
    assert worded(name, value) == words


def test_a_label_is_that_of_the_form_or_the_name_itself():
    assert label_of("learning_rate") == "Peak learning rate"
    assert label_of("odd\nname") == "odd↵name"


def test_lists_of_a_record_are_the_tuples_of_the_settings():
    assert whole(["a", ["b"]]) == ("a", ("b",))
    assert whole({"a": 1}) == "{'a': 1}"
