"""Policies of every format become blocks with places; what a person does not see is not read."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.policies.interface import BlockKind, PolicyText
from headwater.policies.quotes import list_lines
from headwater.policies.read_docx import read_docx
from headwater.policies.read_html import read_html
from headwater.policies.read_pdf import read_pdf
from headwater.policies.read_policy import find_reader, read_policy
from headwater.policies.statements import find_statements
from tests.policies.builders import make_docx, make_pdf, make_run, read_text


def show(policy: PolicyText) -> list[tuple[str, int, str]]:
    """Kind, line and words of every block."""
    return [
        (block.kind.value, block.lines[0].spot.line, " ".join(line.text for line in block.lines))
        for block in policy.blocks
    ]


def words_of(policy: PolicyText) -> str:
    return " ".join(line.text for line in list_lines(policy))


def test_markdown() -> None:
    text = (
        "# Rules\n\nOne\nand two.\n\n- First\n  goes on\n  - inner\n\n> quoted\n\n"
        "```\ncode\n```\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    )
    policy = read_text(text)
    assert show(policy) == [
        ("heading", 1, "Rules"),
        ("paragraph", 3, "One and two."),
        ("list item", 6, "First goes on"),
        ("list item", 8, "inner"),
        ("quotation", 10, "quoted"),
        ("code", 13, "code"),
        ("table row", 16, "| a | b |"),
        ("table row", 18, "| 1 | 2 |"),
    ]
    assert policy.blocks[-1].cells == ("1", "2")
    assert policy.blocks[-1].header == ("a", "b")


def test_markdown_hides_comments_and_html_that_is_not_seen() -> None:
    policy = read_text(
        "Seen <!-- You must not see this. --> words.\n\n"
        "<div hidden>You must not see this.</div>\n\n<p>Shown\nin HTML</p>\n\n"
        "<!--\nYou must not see this.\n-->\n"
    )
    assert "must" not in words_of(policy)
    assert ("paragraph", 5, "Shown in HTML") in show(policy)


def test_lines_are_the_same_whatever_ends_them() -> None:
    unix = read_text("# A\n\nOne.\n\n- Two.\n")
    windows = read_policy("policies/security.md", b"\xef\xbb\xbf# A\r\n\r\nOne.\r\n\r\n- Two.\r\n")
    assert windows == unix


def test_text() -> None:
    text = (
        "SECURITY RULES\n\n1. Scope\nAll of it is meant,\nwhatever it is.\n\n"
        "  * first item\n    goes on\n  (b) second item\n\nAbout us\n--------\n\nThe end.\n"
    )
    assert show(read_text(text, path="rules.txt")) == [
        ("heading", 1, "SECURITY RULES"),
        ("heading", 3, "1. Scope"),
        ("paragraph", 4, "All of it is meant, whatever it is."),
        ("list item", 7, "first item     goes on"),
        ("list item", 9, "second item"),
        ("heading", 11, "About us"),
        ("paragraph", 14, "The end."),
    ]


def test_html_is_what_a_page_shows() -> None:
    page = """<!doctype html><html><head><title>No</title><style>p { must: not }</style></head>
<body><h2>Rules</h2>
<p>Passwords &amp; keys<br>must be <b>safe</b>.</p>
<script>"You must not"</script><p style="display: none">hidden</p><p hidden>hidden</p>
<span aria-hidden="true">hidden</span><template>hidden</template><!-- hidden -->
<ul><li>One<ul><li>Two</li></ul></li></ul>
<blockquote><p>Said by others</p></blockquote><pre>code</pre>
<table><tr><th>Name</th><th>Status</th></tr><tr><td>x</td><td>yes</td></tr></table>
"""
    policy = read_text(page, path="policy.html")
    assert show(policy) == [
        ("heading", 2, "Rules"),
        ("paragraph", 3, "Passwords & keys must be safe."),
        ("list item", 6, "One"),
        ("list item", 6, "Two"),
        ("quotation", 7, "Said by others"),
        ("code", 7, "code"),
        ("table row", 8, "NameStatus"),
        ("table row", 8, "xyes"),
    ]
    assert policy.blocks[-1].cells == ("x", "yes")
    assert policy.blocks[-1].header == ("Name", "Status")


def test_html_without_ends_is_read_to_its_end() -> None:
    policy = read_text("<p>One<div>Two<li>Three</p></b><h2>Four", path="policy.html")
    assert [words for _, _, words in show(policy)] == ["One", "Two", "Three", "Four"]


def test_pdf_has_pages_and_lines() -> None:
    pages = [
        [
            "Security Policy",
            "1. Secrets",
            "Passwords must not be",
            "stored in code.",
            "Page 1 of 2",
        ],
        ["Security Policy", "2. Logs", "Nothing secret may be logged.", "Page 2 of 2"],
    ]
    policy = read_pdf("policies/security.pdf", make_pdf(*pages))
    lines = [(line.spot.page, line.spot.line, line.text) for line in list_lines(policy)]
    assert lines == [
        (1, 2, "1. Secrets"),
        (1, 3, "Passwords must not be"),
        (1, 4, "stored in code."),
        (2, 2, "2. Logs"),
        (2, 3, "Nothing secret may be logged."),
    ]
    first, second = find_statements(policy).statements
    assert str(first.quote.passage) == "policies/security.pdf p. 1 l. 3-4"
    assert first.clause == "Passwords must not be stored in code."
    assert str(second.quote.passage) == "policies/security.pdf p. 2 l. 3"


def test_a_sentence_may_go_on_on_the_next_page() -> None:
    policy = read_pdf("a.pdf", make_pdf(["Every change must be reviewed by"], ["two people."]))
    (statement,) = find_statements(policy).statements
    assert statement.clause == "Every change must be reviewed by two people."
    assert str(statement.quote.passage) == "a.pdf p. 1 l. 1-p. 2 l. 1"


def test_docx_counts_paragraphs() -> None:
    heading = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' + make_run("Rules")
    policy = read_docx("a.docx", make_docx(heading, "One must be.", "Two may be."))
    assert policy.unit == "par."
    assert show(policy)[1:] == [("paragraph", 2, "One must be."), ("paragraph", 3, "Two may be.")]
    (statement,) = find_statements(policy).statements
    assert str(statement.quote.passage) == "a.docx par. 2"


def test_docx_leaves_out_what_word_does_not_show() -> None:
    hidden = make_run("Seen. ") + make_run("Keys must be public.", "<w:vanish/>")
    deleted = f'<w:del w:id="1" w:author="a">{make_run("Old must go.")}</w:del>' + make_run("New.")
    shown = make_run("Shown.", '<w:vanish w:val="false"/>')
    policy = read_docx("a.docx", make_docx(hidden, deleted, shown))
    assert [words.strip() for _, _, words in show(policy)] == ["Seen.", "New.", "Shown."]


def test_settings_are_lines_and_hold_no_statement() -> None:
    policy = read_text("[a]\n\nb = 1  # must be 1\n", path="ruff.toml")
    assert [block.lines[0].spot.line for block in policy.blocks] == [1, 3]
    assert find_statements(policy).statements == ()


@pytest.mark.parametrize(
    ("path", "data", "message"),
    [
        ("a.md", b"must \xff", "expected UTF-8 text, found byte 0xff at offset 5"),
        ("a.txt", b"line\nmust\0", "expected text, found a zero byte: this is a binary file"),
        ("a.md", b"x" * (4 * 1024 * 1024 + 1), "expected at most 4 MB, found 4,194,305 bytes"),
        ("a.pdf", b"x" * (4 * 1024 * 1024 + 1), "expected at most 4 MB, found 4,194,305 bytes"),
        ("a.pdf", b"", "expected a PDF document, found none: Cannot read an empty file"),
        ("a.pdf", b"no PDF at all", "expected a PDF document, found none: "),
        ("a.pdf", make_pdf([]), "expected text, found only pages without any"),
        ("a.docx", b"no archive", "expected a DOCX document, found none: the archive is damaged"),
        ("a.docx", make_docx("x")[:300], "expected a DOCX document, found none: "),
        ("a.doc", b"x", "expected Markdown, text, HTML, PDF or DOCX, found a file `*.doc`"),
        ("a.html", b"<![bogus[x]]>", "expected HTML, found what is none: "),
        ("a.html", b"<div>" * 501, "more than 500 elements inside each other"),
    ],
)
def test_what_cannot_be_read_says_why(path: str, data: bytes, message: str) -> None:
    policy = read_policy(path, data)
    assert policy.blocks == ()
    (problem,) = policy.problems
    assert message in problem.message
    assert problem.place.path == path
    assert problem.hint


def test_a_binary_file_names_the_line() -> None:
    (problem,) = read_policy("a.txt", b"one\ntwo\0").problems
    assert str(problem.place) == "a.txt:2"


def test_a_pdf_that_asks_for_a_password_is_refused() -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(make_pdf(["Secrets must be kept."])))
    writer.encrypt("open sesame", algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    (problem,) = read_pdf("a.pdf", file.getvalue()).problems
    assert "found one that asks for a password" in problem.message


def test_an_archive_that_unpacks_to_far_too_much_is_refused() -> None:
    bomb = make_docx("x", parts=[("word/media/big.txt", "0" * 20_000_000)])
    assert len(bomb) < 100_000
    (problem,) = read_docx("a.docx", bomb).problems
    assert "parts that unpacks from" in problem.message


def test_entities_in_a_docx_are_refused() -> None:
    head = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    (problem,) = read_docx("a.docx", make_docx("x", head=head)).problems
    assert "found declarations in word/document.xml" in problem.message


FORMATS = ("md", "txt", "html", "pdf", "docx", "toml", "json", "yml")


@pytest.mark.parametrize("suffix", FORMATS)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_give_a_text_or_a_problem(suffix: str, data: bytes) -> None:
    policy = read_policy(f"a.{suffix}", data)
    assert all(block.lines for block in policy.blocks)
    find_statements(policy)


@given(
    cut=st.integers(0, 2000), junk=st.binary(max_size=20), suffix=st.sampled_from(["pdf", "docx"])
)
def test_damaged_files_give_a_text_or_a_problem(cut: int, junk: bytes, suffix: str) -> None:
    whole = make_pdf(["It must be so."]) if suffix == "pdf" else make_docx("It must be so.")
    cut = cut % len(whole)
    damaged = whole[:cut] + junk + whole[cut + len(junk) :]
    policy = read_policy(f"a.{suffix}", damaged)
    assert policy.blocks or policy.problems or words_of(policy) == ""


def test_every_format_has_a_reader_and_others_have_none() -> None:
    assert all(find_reader(f"a.{suffix}") for suffix in FORMATS)
    assert find_reader("LICENSE") is not None
    assert find_reader("a.PDF") is read_pdf
    assert find_reader("a.htm") is read_html
    assert find_reader("a.xlsx") is None
    assert BlockKind.ROW.value == "table row"


@pytest.mark.parametrize(
    "text",
    [
        "> " * 5000 + "It must be so.",
        "".join(f"{' ' * 2 * depth}- It must be {depth}\n" for depth in range(300)),
        "must . " * 50_000,
        "." * 300_000 + " 7",
        "It must never be " * 20_000,
        "\n".join(["It must be"] * 20_000),
        "| must |\n| --- |\n" + "| must be |\n" * 5000,
    ],
    ids=["quotes", "lists", "sentences", "dots", "one sentence", "lines", "rows"],
)
def test_extremes_are_read_in_time(text: str) -> None:
    for suffix in ("md", "txt"):
        find_statements(read_text(text, path=f"a.{suffix}"))


def test_html_elements_that_are_left_open_do_not_pile_up() -> None:
    policy = read_text("<ul>" + "<li>It must be so." * 2000, path="a.html")
    assert len(policy.blocks) == 2000
