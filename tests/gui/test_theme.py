"""The colours keep the contrasts that the design promises, computed as WCAG 2 does."""

import pytest
from PySide6.QtGui import QColor

from gui.theme import DARK, LIGHT, PROJECTOR, THEMES, TYPES, Theme, mix

EACH_THEME = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
TEXT, CONTROL = 4.5, 3.0
# ratio on `panel` (or on the second colour named) in light, dark and projector
PROMISED = {
    "ink": (16.6, 14.2, 21.0),
    "ink2": (7.8, 8.0, 15.5),
    "ink3": (5.1, 5.4, 10.2),
    "edge": (3.2, 3.6, 6.2),
    "accent": (5.3, 8.2, 8.0),
    "line1": (5.2, 7.4, 7.3),
    "line2": (3.9, 7.6, 5.2),
    "line2_text": (5.2, 7.6, 5.2),
    "line3": (5.4, 5.6, 7.8),
    "line4": (9.3, 13.9, 13.6),
    "good": (4.9, 7.2, 7.0),
    "warn": (5.7, 8.7, 6.8),
    "bad": (6.5, 7.5, 7.8),
    "on_accent on accent": (5.3, 9.1, 8.0),
    "accent on soft": (4.7, 6.3, 6.4),
    "warn on warn_soft": (5.0, 7.3, 6.0),
    "bad on bad_soft": (5.6, 6.6, 6.7),
}


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in QColor(colour).getRgbF()[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_it_is_defined():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("pair", PROMISED)
def test_each_colour_has_the_contrast_that_is_promised(pair):
    front, _, back = pair.partition(" on ")
    for theme, promised in zip((LIGHT, DARK, PROJECTOR), PROMISED[pair], strict=True):
        measured = contrast(getattr(theme, front), getattr(theme, back or "panel"))
        assert measured == pytest.approx(promised, abs=0.06), theme.name


@EACH_THEME
def test_text_can_be_read_and_controls_be_seen(theme: Theme):
    for text in ("ink", "ink2", "ink3", "accent", "line1", "line2_text", "line3", "line4", "good", "warn", "bad"):
        assert contrast(getattr(theme, text), theme.panel) >= TEXT, text
    for place in (theme.field, theme.window):
        assert contrast(theme.ink3, place) >= TEXT
    for line in ("edge", "line1", "line2", "line3", "line4"):
        assert contrast(getattr(theme, line), theme.panel) >= CONTROL, line


@EACH_THEME
def test_ink_stays_readable_on_the_strongest_tints(theme: Theme):
    for nats in (0.0, 1.0, 3.0, 6.0, 60.0):
        assert contrast(theme.ink, theme.loss_tint(nats).name()) >= TEXT
    for chance in (0.0, 0.5, 1.0):
        assert contrast(theme.ink, theme.chance_tint(chance).name()) >= TEXT


@EACH_THEME
def test_a_greater_loss_is_a_stronger_tint_up_to_six_nats(theme: Theme):
    def distance(nats: float) -> float:
        return contrast(theme.loss_tint(nats).name(), theme.panel)

    strengths = [distance(nats) for nats in (0, 0.5, 1, 2, 4, 6)]
    assert strengths == sorted(strengths)
    assert strengths[0] == pytest.approx(1.0)
    assert theme.loss_tint(6.0) == theme.loss_tint(99.0)


def test_mixing_goes_from_one_colour_to_the_other():
    assert mix("#102030", "#F0E0D0", 0.0).name() == "#102030"
    assert mix("#102030", "#F0E0D0", 1.0).name() == "#f0e0d0"
    assert mix("#000000", "#FFFFFF", 0.5).name() in ("#7f7f7f", "#808080")


@EACH_THEME
def test_every_token_is_a_colour(theme: Theme):
    colours = {name: value for name, value in theme.tokens().items() if name != "name"}
    assert len(colours) > 20
    assert all(QColor(value).isValid() for value in colours.values())


@EACH_THEME
def test_lecture_type_is_read_from_the_back_row_and_grows_with_the_window(theme: Theme):
    lecture = theme.at_lecture_size(1600)
    assert all(lecture.pixels(role) >= 32 for role in TYPES)
    assert lecture.lines.curve > theme.lines.curve
    assert theme.at_lecture_size(3200).pixels("body") == 2 * lecture.pixels("body")
    assert lecture.tokens() == theme.tokens()


def test_digits_keep_their_place_and_sizes_are_in_pixels(qapp):
    font = LIGHT.font("readout")
    assert font.pixelSize() == 15
    assert font.families()[0] == "Inter"
    assert LIGHT.font("token").families()[0] == "JetBrains Mono"


def test_a_dash_is_given_in_pixels_whatever_the_width():
    assert LIGHT.pen(LIGHT.line2, width=3, dash=(9, 6)).dashPattern() == pytest.approx([3, 2])
