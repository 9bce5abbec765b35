"""Every encoding that is offered exists, and has a name people know."""

import codecs

from gui.encodings import ENCODINGS, encoding_label, other_encodings


def test_python_can_read_all_that_are_offered():
    for name in ENCODINGS:
        assert codecs.lookup(name).name
        assert "é".encode().decode(name, "replace")


def test_a_menu_offers_all_but_the_guess():
    assert set(other_encodings("cp1252")) == set(ENCODINGS) - {"cp1252"}
    assert len(set(other_encodings("").values())) == len(ENCODINGS)


def test_names_are_those_people_know():
    assert encoding_label("cp1252") == "Windows-1252"
    assert encoding_label("mac_iceland") == "MAC-ICELAND"
