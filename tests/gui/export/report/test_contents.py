"""A report says what was recorded, escapes what strangers wrote, and opens in a browser without a network."""

import html
import json
import math
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from pypdf import PdfReader

from engine.annotations import Annotations, Note
from engine.events import Attended, SentencePredicted, Stepped, Validated, Wrote
from engine.recording import Recording
from engine.trouble import Trouble
from gui.export.provenance import provenance
from gui.export.report.blocks import Page as Letters
from gui.export.report.blocks import readable, sheet_html
from gui.export.report.contents import MOST_STEPS, panels_needed, report
from gui.export.report.facts import facts
from gui.export.report.html import hash_of, page_of, write_html
from gui.export.report.pdf import pdf_of, write_pdf
from gui.export.sheet import Axis, Cell, Curve, Grid, Paragraph, Plot, Row, Sheet, Tile, Tiles, Words
from gui.frame.dock import Dock
from tests.fakes import events, recording

HOSTILE = (
    "<script>document.title='taken'</script>\"'&amp;<img src=x onerror=\"document.title='taken'\">{{ 7*7 }}</style>"
)
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
LAST = 120


class Sheets:
    """What a desk gives, of a recording that was made here."""

    def __init__(self, made, name):
        self.recording, self.name = made, name
        self._panels = {panel: panel() for panel in panels_needed()}
        self.docks = [Dock(panel.title, panel.help, made) for panel, made in self._panels.items()]

    def sheet(self, panel, step):
        return self._panels[panel].on_paper(self.recording, step)

    def origin(self, panel, step):
        return provenance(self.recording, self.name, step, panel.title)


@pytest.fixture
def sheets(qtbot):
    kept = []

    def make(made, name="amber-heron"):
        desk = Sheets(made, name)
        kept.append(desk)
        for dock in desk.docks:
            qtbot.addWidget(dock)
        return desk

    yield make
    for desk in kept:
        desk.docks.clear()


def hostile():
    made = recording(LAST)
    made.add(Wrote(LAST, 9.0, HOSTILE, HOSTILE, 0.8, 0, 1.0, 1))
    made.annotate(Annotations(notes=(Note(1, 40, HOSTILE, "2026-01-01T00:00:00+00:00"),)))
    return made


def whole(work):
    """What the work gives in the end."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            return done.value


class Page(HTMLParser):
    """Its words, and what it would load or run."""

    def __init__(self, text):
        super().__init__()
        self.words, self.loads, self.handlers, self.scripts, self._in = [], [], [], 0, ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self._in = tag
        self.scripts += tag == "script"
        for name, value in attrs:
            if name in ("src", "href", "xlink:href", "action", "data") and value and value[:1] != "#":
                self.loads.append(value)
            if name.startswith("on"):
                self.handlers.append(name)

    def handle_endtag(self, tag):
        self._in = ""

    def handle_data(self, data):
        if self._in not in ("script", "style"):
            self.words.append(data)


@pytest.fixture
def page(sheets):
    return whole(page_of(report(sheets(hostile(), f"my {HOSTILE} run"), (0, LAST))))


def test_it_tells_what_was_recorded(sheets):
    made = recording(LAST)
    told = " ".join(Page(whole(page_of(report(sheets(made), (0, LAST))))).words)
    (loss,) = (panel for panel in panels_needed() if panel.title == "Loss")
    shown = sheets(made)._panels[loss].picture(made, LAST, loss.Options())
    assert f"{shown.training_loss:.3f}" in told
    assert f"{shown.validation_loss:.3f}" in told
    assert f"{made.last_step:,}" in told
    for title in ("Loss", "Predictions", "Attention", "Samples", "Corpus", "Settings", "What it learned, and when"):
        assert title in told
    assert provenance(made, "amber-heron", LAST).sentence in told


def test_what_strangers_wrote_is_only_ever_words(page):
    read = Page(page)
    assert read.scripts == 1
    assert read.handlers == []
    assert [load for load in read.loads if not load.startswith("data:image/")] == []
    assert "document.title='taken'" in " ".join(read.words)
    assert "7*7" in " ".join(read.words)


def test_only_its_own_script_may_run(page):
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL).group(1)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page).group(1)
    assert "default-src 'none'" in policy
    assert f"script-src '{hash_of(script)}'" in policy.replace("&#43;", "+").replace("&#34;", '"')


def test_the_same_run_gives_the_same_page(sheets):
    one, other = (whole(page_of(report(sheets(recording(LAST)), (LAST,)))) for _ in range(2))
    assert one == other


def test_an_empty_run_is_told_as_one(sheets):
    told = " ".join(Page(whole(page_of(report(sheets(Recording()))))).words)
    assert "No text was read." in told
    assert "Nothing was noted." in told
    assert whole(pdf_of(report(sheets(Recording())))).startswith(b"%PDF")


def test_predictions_are_shown_at_the_steps_that_were_chosen(sheets):
    made = sheets(recording(LAST))
    assert report(made, (0, 50, 10_000)).steps == (0, 50, LAST)
    some = report(made).steps
    assert len(some) == MOST_STEPS
    assert (some[0], some[-1]) == (0, LAST)
    assert list(some) == sorted(some)


def test_a_curve_that_is_read_out_has_its_exact_values_and_knows_its_place():
    x = np.arange(1.0, 100_001.0)
    y = 5 / np.sqrt(x)
    y[500] = np.nan
    plot = Plot(Axis("Step", "", 1, 100_000, True), Axis("Loss", "nats", 0, 6), (Curve("training", x, y, "line1"),))
    from gui.export.paper import Paper

    told = json.loads(json.dumps(readable(plot, Sheet("Loss", "Loss", (Row((plot,)),)), Paper())))
    (curve,) = told["curves"]
    assert 900 < len(curve["x"]) <= 1500
    for across, upward in zip(curve["x"], curve["y"], strict=True):
        assert upward == (None if across == 501 else y[int(across) - 1])
    assert curve["x"][0] == 1
    assert curve["x"][-1] == 100_000
    left, bottom, width, height = told["place"]
    assert 0 < left < left + width <= 1
    assert 0 < bottom < bottom + height <= 1


def test_a_map_is_read_out_cell_by_cell_and_what_cannot_be_read_out_does_not_say_so(sheets):
    made = sheets(recording(LAST))
    (panel,) = (panel for panel in panels_needed() if panel.title == "Attention")
    page = sheet_html(made.sheet(panel, LAST), Letters(made.origin(panel, LAST), {}))
    (told,) = (json.loads(html.unescape(one)) for one in re.findall(r'data-chart="([^"]*)"', page))
    event = made.recording.latest(Attended)
    shares_TT = event.attention_LHTT[0, 0] / 65535
    for row, values in enumerate(told["map"]["values"]):
        assert values == [None if at > row else round(float(shares_TT[row, at]), 4) for at in range(len(values))]
    assert len(told["map"]["rows"]) == len(told["map"]["columns"]) == len(event.tokens_T)
    assert page.count("arrow keys") == page.count('tabindex="0"') == 1
    assert page.count('role="img" aria-label="All heads"') == 1


def test_a_loss_that_is_no_number_has_no_unit():
    made = Recording()
    for event in events(3):
        made.add(replace(event, loss=math.nan) if isinstance(event, Stepped | Validated) else event)
    assert {one.label: (one.value, one.unit) for one in facts(made)}["Training loss"] == ("no number", "")


def test_predictions_and_attention_are_of_the_sentence_that_is_meant(sheets):
    made = recording(LAST)
    look, seen = made.latest(SentencePredicted), made.latest(Attended)
    made.add(replace(look, step=LAST + 5, tokens_T=look.tokens_T[:3].copy()))
    made.add(replace(seen, step=LAST + 5))
    assert LAST + 5 not in report(sheets(made)).steps
    other = report(sheets(made), sentence="2")
    assert other.steps == (LAST + 5,)
    assert sum("one of 2 sentences" in section.words for section in other.sections) == 2
    with pytest.raises(Trouble, match="never asked"):
        report(sheets(made), sentence="nothing of the kind")


def test_what_was_never_looked_at_says_so(sheets):
    made = Recording()
    for event in events(LAST):
        if not isinstance(event, SentencePredicted | Attended):
            made.add(event)
    told = " ".join(Page(whole(page_of(report(sheets(made))))).words)
    assert "The model has not been asked yet." in told


def test_text_tokens_and_tables_stay_themselves():
    origin = provenance(Recording(), "run", 0)
    blocks = (
        Words((Paragraph("went on <b>", "Once "),)),
        Tiles(((Tile("·cat", "1.2", 0.5, number=1.2345678),),), unit="nats"),
        Grid(("Name", "Loss"), ((Cell("a & b"), Cell("0.50", 0.5, bold=True)), (Cell("spans"),)), right=(1,)),
    )
    made = sheet_html(Sheet("x", "x", tuple(Row((block,)) for block in blocks), notes=("<i>",)), Letters(origin, {}))
    for part in ("went on &lt;b&gt;", "·cat", "1.2346 nats", "a &amp; b", 'colspan="2"', "&lt;i&gt;"):
        assert part in made


def test_a_pdf_has_pages_of_a4_with_text_that_can_be_found(sheets, tmp_path):
    path = tmp_path / "a.pdf"
    assert whole(write_pdf(report(sheets(hostile()), (0, LAST)), path)) == path
    read = PdfReader(path)
    for sheet in read.pages:
        assert [float(side) * 25.4 / 72 for side in sheet.mediabox[2:]] == pytest.approx([210, 297], abs=0.1)
    told = "\n".join(sheet.extract_text() for sheet in read.pages)
    assert "Settings" in told
    assert "document.title" in told
    assert "amber-heron" in read.metadata.title
    assert path.read_bytes() == whole(pdf_of(report(sheets(hostile()), (0, LAST))))


@pytest.mark.parametrize("write", [write_html, write_pdf])
def test_what_lies_there_is_kept_and_nothing_is_left_when_it_is_called_off(sheets, tmp_path, write):
    made, path = report(sheets(recording(LAST)), (LAST,)), tmp_path / "a"
    path.write_text("mine")
    with pytest.raises(Trouble, match="there already"):
        whole(write(made, path))
    assert path.read_text() == "mine"
    work = write(made, tmp_path / "b")
    next(work)
    work.close()
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


# in a browser

PROBE = """
const said = [];
const slider = document.querySelector(".time input");
const shown = () => [...document.querySelectorAll(".at.now")].map(at => at.dataset.step).join(",");
said.push(shown());
slider.value = 0;
slider.dispatchEvent(new Event("input"));
said.push(shown(), document.querySelector(".time output").textContent);
const drawn = document.querySelector(".drawn[data-chart]");
drawn.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight"}));
said.push(drawn.querySelector(".read").textContent);
const place = drawn.getBoundingClientRect(), chart = JSON.parse(drawn.dataset.chart);
const middle = place.left + place.width * (chart.place[0] + chart.place[2] / 2);
drawn.dispatchEvent(new PointerEvent("pointermove", {clientX: middle}));
said.push(drawn.querySelector(".read").textContent);
const map = [...document.querySelectorAll(".at.now .drawn[data-chart]")].find(one => JSON.parse(one.dataset.chart).map);
for (const key of ["ArrowRight", "ArrowDown"]) map.dispatchEvent(new KeyboardEvent("keydown", {key}));
said.push(map.querySelector(".read b").textContent);
const at = map.getBoundingClientRect(), [left, bottom, wide, high] = JSON.parse(map.dataset.chart).place;
const rows = JSON.parse(map.dataset.chart).map.rows.length;
map.dispatchEvent(new PointerEvent("pointermove", {
  clientX: at.left + at.width * (left + 0.5 * wide / rows),
  clientY: at.top + at.height * (1 - bottom - 0.5 * high / rows),
}));
said.push(map.querySelector(".read b").textContent);
const result = document.body.appendChild(document.createElement("pre"));
result.id = "probe";
result.textContent = JSON.stringify(said);
"""


def opened(page, folder):
    """The page as a browser has it after its scripts, and what it complained about."""
    path = folder / "report.html"
    path.write_text(page, "utf-8")
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    command += ["--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--dump-dom", path.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100)
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


@pytest.mark.skipif(BROWSER is None, reason="needs Chromium or Chrome")
def test_a_browser_runs_its_script_and_no_other(page, tmp_path):
    seen, complaints = opened(page, tmp_path)
    assert complaints == []
    assert '<body class="stepped">' in seen
    assert "<title>taken</title>" not in seen
    assert 'class="time"' in seen
    assert re.search(r'class="time"[^>]*hidden', seen) is None


@pytest.mark.skipif(BROWSER is None, reason="needs Chromium or Chrome")
def test_in_a_browser_the_step_can_be_moved_and_values_read(sheets, tmp_path):
    made = recording(LAST)
    page = whole(page_of(report(sheets(made), (0, LAST))))
    policed = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
    probed = policed.sub("", page).replace("</body>", f"<script>{PROBE}</script></body>")
    seen, complaints = opened(probed, tmp_path)
    assert complaints == []
    told = re.search(r'<pre id="probe">(.*?)</pre>', seen, re.DOTALL).group(1)
    late, early, step, by_key, by_pointer, second, lowest = json.loads(told.replace("&lt;", "<").replace("&amp;", "&"))
    assert late == f"{LAST},{LAST}"  # of predictions and of attention
    assert (early, step) == ("0,0", "0")
    assert f"Step {LAST}" in by_key
    (loss,) = (panel for panel in panels_needed() if panel.title == "Loss")
    picture = sheets(made)._panels[loss].picture(made, LAST, loss.Options())
    assert f"{picture.training_loss:.3f}" in by_key
    assert "training" in by_pointer
    assert by_pointer != by_key
    shares_TT = made.latest(Attended, 0).attention_LHTT[0, 0] / 65535
    assert second == f"share of attention {shares_TT[1, 0]:.3f}"
    assert lowest == f"share of attention {shares_TT[-1, 0]:.3f}"
