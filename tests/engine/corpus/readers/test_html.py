"""HTML: what one would see, and where its paragraphs are."""

from pathlib import Path

import pytest

from engine.corpus.readers import html
from tests.engine.corpus.documents import read


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "page.html"


def test_words_are_seen_and_scripts_are_not(file: Path) -> None:
    file.write_text(
        "<!doctype html><title>T</title><style>p {}</style><body><!-- note --><h1>One &amp; all</h1>\n"
        "<p>Two <b>bold</b>\n   words.<script>if (a < b) { alert('no') }</script></p><noscript>old</noscript>"
    )
    assert read(file).texts == ["One & all\n\nTwo bold words."]


def test_blocks_make_paragraphs_and_items_make_lines(file: Path) -> None:
    file.write_text("<div><div><p>one</p></div></div><ul><li>two<li>three</ul><p>four<br>five</p><p>  </p>six")
    assert read(file).texts == ["one\n\ntwo\nthree\n\nfour\nfive\n\nsix"]


def test_cells_are_parted(file: Path) -> None:
    file.write_text("<table><tr><td>one<td>two</tr><tr><td>three</table>")
    assert read(file).texts == ["one two\nthree"]


def test_what_is_set_as_it_stands_is_kept(file: Path) -> None:
    file.write_text("a<pre>def f():\n    return 1\n</pre>b")
    assert read(file).texts == ["a\n\ndef f():\n    return 1\n\n\nb"]


def test_words_do_not_depend_on_where_the_text_is_cut(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<p>One &eacute;t&eacute; <i>day</i>, so it goes.</p>" * 50
    file.write_text(page)
    whole = read(file).texts
    monkeypatch.setattr("engine.corpus.readers.opened.CHUNK", 7)
    assert read(file).texts == whole
    assert whole[0].startswith("One été day, so it goes.\n\nOne")


def test_broken_pages_are_read_as_they_are(file: Path) -> None:
    file.write_text("</p></b><p>one<<p>two &bogus; &#0; &#x110000; <a href='>three</a> <![CDATA[ four")
    assert "one" in read(file).texts[0]


def test_a_remark_that_never_ends_is_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "LONGEST", 1_000_000)
    file.write_text("<p>one</p><!-- " + "x" * 5_000_000)
    texts, said, _ = read(file)
    assert texts == ["one"]
    assert said == "1 file is damaged, and read up to the damage."


def test_a_page_without_words_is_no_document(file: Path) -> None:
    file.write_text("<html><body><img src=a.png></body></html>")
    assert read(file).texts == []


def test_a_section_that_nobody_knows_is_said(file: Path) -> None:
    file.write_text("<p>one</p><![nonsense[ two ]]><p>three</p>")
    texts, said, _ = read(file)
    assert texts == ["one"]
    assert said == "1 file is damaged, and read up to the damage."
