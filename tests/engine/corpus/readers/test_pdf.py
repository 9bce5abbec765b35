"""PDF, made by hand and read by pypdf in a child: text, and plain words about the rest."""

import sys
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from engine.corpus.readers import pdf
from engine.trouble import Trouble
from tests.engine.corpus.documents import read


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "paper.pdf"


def a_pdf(*pages: str) -> bytes:
    """Each page is one line of text."""
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(pages)))
    font = "<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>"]
    for number, text in enumerate(pages):
        stream = f"BT /F 12 Tf 50 700 Td ({text}) Tj ET"
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources{font}/Contents {4 + 2 * number} 0 R>>"
        objects += [page, f"<</Length {len(stream)}>>stream\n{stream}\nendstream"]
    made, places = "%PDF-1.4\n", []
    for number, thing in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{thing}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    return f"{made}{start}trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF".encode()


def test_all_pages_are_one_document(file: Path) -> None:
    file.write_bytes(a_pdf("The first page.", "The second."))
    assert read(file)[:2] == (["The first page.\n\nThe second.\n\n"], "")


def test_a_packed_one_is_unpacked_first(tmp_path: Path) -> None:
    import gzip

    (tmp_path / "a.pdf.gz").write_bytes(gzip.compress(a_pdf("A page.")))
    assert read(tmp_path / "a.pdf.gz").texts == ["A page.\n\n"]


def test_a_damaged_page_is_left_out_and_counted(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "in_child", lambda *_: iter(["One.", None, "Two."]))
    file.write_bytes(a_pdf("The first page."))
    texts, said, _ = read(file)
    assert (texts, said) == (["One.\n\nTwo.\n\n"], "1 page is damaged and left out.")


def test_the_child_tells_a_damaged_page_from_the_others(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(a_pdf("One.", "Two."))
    from pypdf import PageObject

    whole = PageObject.extract_text

    def fails_on_the_first(page: PageObject) -> str:
        if page.page_number == 0:
            raise RecursionError
        return whole(page)

    monkeypatch.setattr(PageObject, "extract_text", fails_on_the_first)
    assert list(pdf.pages(str(file))) == [None, "Two."]


def test_what_is_no_pdf_is_trouble_alone_and_counted_among_others(tmp_path: Path, file: Path) -> None:
    file.write_bytes(b"%PDF-1.4 and then nonsense" * 100)
    with pytest.raises(Trouble, match=r"paper\.pdf is no PDF that can be read"):
        read(file)
    (tmp_path / "a.txt").write_text("a text")
    texts, said, _ = read(tmp_path)
    assert (texts, said) == (["a text"], "1 file is no PDF that can be read and left out.")


def test_pages_without_text_are_trouble(file: Path) -> None:
    file.write_bytes(a_pdf("", ""))
    with pytest.raises(Trouble, match="perhaps a scan"):
        read(file)


def test_pages_without_text_among_others_are_counted(file: Path) -> None:
    file.write_bytes(a_pdf("The first page.", "", ""))
    assert read(file)[:2] == (["The first page.\n\n"], "2 pages are without text and left out.")


def test_what_has_damaged_pages_only_is_no_scan(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "in_child", lambda *_: iter([None, None]))
    file.write_bytes(a_pdf("The first page."))
    with pytest.raises(Trouble, match="is damaged"):
        read(file)


def test_a_child_that_goes_over_its_limits_is_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(*_: object) -> object:
        yield "A page."
        raise Trouble("It takes too long to read paper.pdf.", "Choose another file.")

    monkeypatch.setattr(pdf, "in_child", breaks_off)
    file.write_bytes(a_pdf("A page."))
    texts, said, _ = read(file)
    assert (texts, said) == (["A page.\n\n"], "1 file is damaged, and read up to the damage.")


def test_a_password_is_asked_for_in_words(file: Path) -> None:
    file.write_bytes(a_pdf("Secret."))
    writer = PdfWriter(PdfReader(file))
    writer.encrypt("word", algorithm="RC4-128")
    writer.write(file)
    with pytest.raises(Trouble, match="encrypted"):
        read(file)


def test_without_pypdf_it_is_said_what_to_install(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(a_pdf("A page."))
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(Trouble, match=r'pip install "lm-terrarium\[pdf\]"'):
        read(file)
