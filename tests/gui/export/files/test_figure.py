"""Files are exact: size, words, fonts, and the same bytes every time."""

import json
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from engine.trouble import Trouble
from gui.export.files.figure import MOST_DOTS, figure_bytes, write_figure
from gui.export.paper import FORMATS, Format, Paper
from gui.export.sheet import Curve
from tests.gui.export.sheets import HOSTILE, ORIGIN, curve, everything, loss, sheet_of

ROOT = Path(__file__).parents[4]
MM_PER_POINT = 25.4 / 72
SVG = "{http://www.w3.org/2000/svg}"


def drawn(form: Format, sheet=None, **chosen) -> bytes:
    return figure_bytes(sheet or loss(), Paper(**{"format": form, "dpi": 100, **chosen}), ORIGIN)


def picture(whole: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(whole)).convert("RGB"), dtype=int)


def size_of(form: Format, whole: bytes, dpi: int) -> tuple[float, float]:
    """Width and height in millimetres, as the file has it."""
    match form:
        case "pdf":
            box = PdfReader(BytesIO(whole)).pages[0].mediabox
            return float(box.width) * MM_PER_POINT, float(box.height) * MM_PER_POINT
        case "svg":
            root = ElementTree.fromstring(whole)
            assert root.get("width", "").endswith("mm")
            assert root.get("height", "").endswith("mm")
            return float(root.get("width", "")[:-2]), float(root.get("height", "")[:-2])
        case "png":
            wide, high = Image.open(BytesIO(whole)).size
            return wide / dpi * 25.4, high / dpi * 25.4
        case "eps":
            found = re.search(rb"%%HiResBoundingBox: 0\.0* 0\.0* ([\d.]+) ([\d.]+)", whole)
            assert found
            return float(found[1]) * MM_PER_POINT, float(found[2]) * MM_PER_POINT


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [({}, (85.0, 60.0)), ({"preset": "paper-2col"}, (176.0, 80.0)), ({"width": 71.3, "height": 44.4}, (71.3, 44.4))],
)
def test_the_page_has_the_size_that_was_asked_for(form, chosen, wanted) -> None:
    assert size_of(form, drawn(form, dpi=600, **chosen), 600) == pytest.approx(wanted, abs=0.1)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_input_gives_the_same_bytes(form) -> None:
    assert drawn(form, everything()) == drawn(form, everything())


def test_another_process_gives_the_same_bytes_whatever_its_hash_seed() -> None:
    told = "import sys; from hashlib import sha256; from tests.gui.export.files.test_figure import drawn, FORMATS\n"
    told += "print([sha256(drawn(form)).hexdigest() for form in FORMATS])"
    said = {
        subprocess.run(
            [sys.executable, "-c", told],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(said) == 1


def test_words_in_a_pdf_can_be_searched_and_its_fonts_are_embedded() -> None:
    page = PdfReader(BytesIO(drawn("pdf", everything()))).pages[0]
    text = page.extract_text()
    assert all(words in text for words in ("Loss (nats per token)", "training", "step 500", "Guesses", "A note."))
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object()
        assert inner["/Subtype"] == "/CIDFontType2"
        program = inner["/FontDescriptor"]["/FontFile2"].get_object().get_data()
        assert program[:4] == b"\x00\x01\x00\x00", "no TrueType font, whatever it is called"
    assert fonts


def test_words_in_an_svg_stay_words_and_bring_their_letters() -> None:
    root = ElementTree.fromstring(drawn("svg"))
    words = {element.text for element in root.iter(f"{SVG}text")}
    assert {"Loss (nats per token)", "training", "validation", "1,000"} <= words
    style = "".join(element.text or "" for element in root.iter(f"{SVG}style"))
    assert "@font-face" in style
    assert "data:font/woff;base64," in style


@pytest.mark.parametrize("form", ["pdf", "svg", "eps"])
def test_as_outlines_there_are_neither_words_nor_fonts(form) -> None:
    whole = drawn(form, text="outlines")
    match form:
        case "pdf":
            page = PdfReader(BytesIO(whole)).pages[0]
            assert not page.extract_text().strip()
            assert not page["/Resources"]["/Font"].get_object()
        case "svg":
            assert b"<text" not in whole
            assert b"@font-face" not in whole
        case "eps":
            assert b"definefont" not in whole
            assert b"/FontName" not in whole


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_says_where_it_came_from(form) -> None:
    whole = drawn(form)
    match form:
        case "pdf":
            said = json.loads(PdfReader(BytesIO(whole)).metadata["/Keywords"])
        case "png":
            said = json.loads(Image.open(BytesIO(whole)).info["Description"])
        case "svg":
            name = "{http://purl.org/dc/elements/1.1/}description"
            said = json.loads(next(ElementTree.fromstring(whole).iter(name)).text)
        case "eps":
            said = json.loads(re.search(rb"^%% (\{.*\})$", whole, re.MULTILINE)[1])
    assert said == {
        "run": "amber-heron",
        "step": "2418",
        "settings": "0123456789ab",
        "version": "1.0",
        "panel": "Loss",
    }


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_words_are_drawn_as_they_are_and_nothing_else(form) -> None:
    origin = ORIGIN._replace(run=HOSTILE + "\n%%EOF\u202e")
    sheet = sheet_of(curve(HOSTILE))._replace(notes=(HOSTILE,), title=HOSTILE)
    whole = figure_bytes(sheet, Paper(format=form, title=True, dpi=50), origin)
    if form == "pdf":
        assert PdfReader(BytesIO(whole)).pages[0].extract_text().count("a$b$ \\alpha_1^2 <script>") == 3
    if form == "svg":
        root = ElementTree.fromstring(whole)
        assert not list(root.iter(f"{SVG}script"))
        assert HOSTILE in {text.text for text in root.iter(f"{SVG}text")}
    if form == "eps":
        assert b"\n%%EOF" not in whole[:2000]
        assert whole[:2000].isascii()


def test_a_million_points_are_small_and_quick_to_read_and_no_spike_is_lost() -> None:
    x = np.arange(1.0, 1_000_001.0)
    y = 3.0 + np.random.default_rng(0).normal(0, 0.05, len(x))
    y[654_321] = 7.0
    wild = Curve("wild", x, y, "line1", 1.0)
    sheet = sheet_of(wild, legend=False)
    plot = sheet.plots[0]
    plot = plot._replace(x=plot.x._replace(low=0.0, high=1e6, log=False))
    sheet = sheet._replace(rows=(sheet.rows[0]._replace(blocks=(plot,)),))
    assert len(drawn("pdf", sheet, preset="poster")) <= 500_000
    calm = sheet._replace(
        rows=(sheet.rows[0]._replace(blocks=(plot._replace(marks=(wild._replace(y=np.minimum(y, 4)),)),)),)
    )
    changed = np.abs(picture(drawn("png", sheet)) - picture(drawn("png", calm))).max(axis=2) > 60
    assert np.ptp(np.nonzero(changed.any(axis=1))[0]) > 60, "the spike is a line as high as it goes"


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_written_is_whole_or_not_there(form, tmp_path, monkeypatch) -> None:
    path = tmp_path / f"ä ‘loss’ 2.{form}"
    told = list(write_figure(loss(), Paper(format=form, dpi=50), ORIGIN, path))
    assert told[0] == 0
    assert sorted(told) == told
    assert path.stat().st_size > 1000
    with pytest.raises(Trouble, match="there already"):
        next(write_figure(loss(), Paper(format=form), ORIGIN, path))
    before = path.read_bytes()
    cancelled = write_figure(loss(), Paper(format=form, dpi=40), ORIGIN, path, overwrite=True)
    next(cancelled)
    cancelled.close()
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_page_and_all_lines_stand_apart_in_grey(look) -> None:
    grey = np.asarray(Image.open(BytesIO(drawn("png", look=look))).convert("L"), dtype=int)
    page = grey[0, 0]
    assert page > 240 if look == "light" else page < 60
    assert np.count_nonzero(np.abs(grey - page) > 80) > 0.01 * grey.size


def test_a_map_is_small_also_where_a_file_packs_nothing() -> None:
    assert len(drawn("eps", everything(), preset="poster")) <= 200_000


@pytest.mark.parametrize("chosen", [{"width": 2000.0, "height": 2000.0}, {"width": 2000.0, "height": 100.0}])
def test_a_png_that_is_too_large_for_memory_is_refused_with_what_is_possible(chosen) -> None:
    with pytest.raises(Trouble, match="million dots") as caught:
        drawn("png", preset="own", dpi=1200, **chosen)
    most = int(re.findall(r"(\d[\d,]*) dpi or fewer", caught.value.advice)[0].replace(",", ""))
    inches = chosen["width"] * chosen["height"] / 25.4**2
    assert inches * most**2 <= MOST_DOTS < inches * (most + 1) ** 2
    assert drawn("pdf", preset="own", dpi=1200, **chosen)
