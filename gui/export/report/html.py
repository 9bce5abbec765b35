"""A report as one HTML page that stands alone: no network, no outside script, and only its own script may run in it."""

import base64
import hashlib
from collections.abc import Generator, Mapping
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from engine.aside import file_aside
from gui.export.files.svg import Face, faces
from gui.export.page.fonts import families
from gui.export.paper import Paper
from gui.export.report.blocks import Page, asset, sheet_html
from gui.export.report.contents import Report
from gui.export.sheet import Sheet


def write_html(report: Report, path: Path, overwrite: bool = False) -> Generator[float, None, Path]:
    """Yields the share that is done, and gives the file. Raises Trouble where it cannot be written."""
    with file_aside(path, overwrite) as aside:
        page = yield from page_of(report)
        aside.write_text(page, "utf-8")
    return path


def page_of(report: Report) -> Generator[float, None, str]:
    """The whole page; yields the share that is done."""
    sheets = [at.sheet for section in report.sections for at in section.sheets]
    made, drawn_with = dict[int, Markup](), Page(report.origin, {})
    for count, sheet in enumerate(sheets, 1):
        made[id(sheet)] = sheet_html(sheet, drawn_with)
        yield count / (len(sheets) + 1)

    def drawn(sheet: Sheet) -> Markup:
        return made[id(sheet)]

    script = asset("report.js")
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(asset("report.html"))
    parts = {"style": Markup(asset("report.css")), "script": Markup(script), "script_hash": hash_of(f"\n{script}\n")}
    bare = template.render(report=report, sheet=drawn, fonts="", **parts)
    return template.render(report=report, sheet=drawn, fonts=fonts(drawn_with.letters, bare), **parts)


def fonts(letters: Mapping[Face, set[str]], page: str) -> Markup:
    """The letters of its vectors and of its own words, once for all of it."""
    own = families(Paper().font)[0]
    needed = {face: some | set(page) if face[0] == own else some for face, some in letters.items()}
    return Markup("\n".join(faces({face: "".join(sorted(some)) for face, some in needed.items()})))


def hash_of(script: str) -> str:
    """As a content security policy names the only script that may run."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"
