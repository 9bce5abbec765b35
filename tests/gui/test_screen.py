"""Without a screen there is a sentence, not an abort."""

import pytest

from engine.trouble import Trouble
from gui import screen


@pytest.fixture
def bare(monkeypatch):
    monkeypatch.setattr(screen.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_a_window_without_a_screen_is_refused_with_a_word(bare):
    with pytest.raises(Trouble, match="no screen"):
        screen.need_screen()


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_any_kind_of_screen_will_do(bare, name):
    bare.setenv(name, "something")
    screen.need_screen()


def test_a_picture_is_drawn_in_memory_where_there_is_no_screen(bare):
    screen.draw_in_memory_without_one()
    assert screen.os.environ["QT_QPA_PLATFORM"] == "offscreen"


def test_a_screen_that_is_there_is_used(bare):
    bare.setenv("DISPLAY", ":0")
    screen.draw_in_memory_without_one()
    assert "QT_QPA_PLATFORM" not in screen.os.environ
