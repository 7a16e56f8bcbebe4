"""Pictures remember their view: what stands in their chunks, the way back into it, and files that mean harm."""

from __future__ import annotations

import base64
import json
import struct
from email.utils import parsedate_to_datetime
from itertools import islice, product
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from data.selection import CATEGORIES, FREQUENCIES, MARKS, MEASURES, REPORTED
from tests.browser.reading import expect_query, query
from tests.browser.shapes import SIGNATURE, Chunk, chunks, drawn, sealed, texts, written
from tests.choosing import choose, coverage, read

pytestmark = pytest.mark.browser

STATE = "Bilateral view"
PIXEL = [
    sealed(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
    sealed(b"IDAT", bytes.fromhex("789c6360000000020001")),
    sealed(b"IEND", b""),
]

DROP = """([name, encoded]) => {
    const bytes = Uint8Array.from(atob(encoded), letter => letter.charCodeAt(0));
    const files = new DataTransfer();
    files.items.add(new File([bytes], name, { type: "image/png" }));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
}"""


def drop(page, data, name="picture.png"):
    page.evaluate(DROP, [name, base64.b64encode(data).decode()])


def picture(*inside, pixel=PIXEL):
    """A PNG of one pixel with chunks behind its header."""
    return SIGNATURE + b"".join(written(chunk) for chunk in (pixel[0], *inside, *pixel[1:]))


def state(said):
    text = said if isinstance(said, str) else json.dumps(said)
    return sealed(b"iTXt", f"{STATE}\0\0\0\0\0{text}".encode())


def view_of(address):
    return state({"version": 1, "chart": "trade", "address": address})


def test_a_picture_says_what_it_shows_where_from_and_when(visit):
    page = visit("/trade?partner=USA&freq=monthly&marks=all")
    meta = page.evaluate("document.querySelector('[data-chart=trade] .js-plotly-plot').layout.meta")
    for shape in ("report", "story"):
        data = drawn(page, "trade", shape=shape)
        found = chunks(data)
        assert all(chunk.intact for chunk in found)
        assert [chunk.kind for chunk in found[:2]] == [b"IHDR", b"iTXt"]
        assert found[-1] == sealed(b"IEND", b"")
        said = texts(data)
        assert said.keys() == {
            *("Title", "Description", "Source", "Software", "Creation Time", "Comment", "URL"),
            STATE,
        }
        heading = page.locator("[data-chart=trade] h2").text_content()
        assert said["Title"].startswith(heading) and "Jan 2019" in said["Title"]
        assert said["Description"] == " ".join(page.locator("#summary-trade p").all_text_contents())
        assert said["Source"] == page.locator("[data-chart=trade] .source").first.text_content()
        assert said["Software"] == "Bilateral"
        assert said["Comment"] == meta["metadata"] and "Records of Canada" in said["Comment"]
        assert said["URL"] == page.url
        assert parsedate_to_datetime(said["Creation Time"]).tzinfo is not None
        address = "/trade" + query(page)
        assert json.loads(said[STATE]) == {"version": 1, "chart": "trade", "address": address}


def test_an_svg_and_a_preview_carry_nothing(visit):
    page = visit("/trade")
    assert STATE.encode() not in drawn(page, "trade", file="svg")


VIEWS = {
    "/trade": choose(partner="USA", freq="monthly", years=(2020, 2024), currency="MXN", marks="trade_policy"),
    "/mirror": choose("USA", "MEX", currency="CAD"),
    "/tariffs": choose(partner="USA", on=choose().on.replace(month=3, day=12)),
    "/products": choose("USA", "MEX", currency="USD", product="87", flow="import"),
    "/before-after": choose(partner="USA", around="us-metals-50", reported="partner"),
}


@pytest.mark.parametrize("path", VIEWS)
def test_a_picture_dropped_on_another_page_restores_its_view_and_back_leads_back(visit, path):
    selection = VIEWS[path]
    page = visit(path + selection.to_query())
    chart = page.locator("[data-chart]").first.get_attribute("data-chart")
    title = page.get_by_role("heading", level=1).text_content()
    data = drawn(page, chart, shape="story", colours="dark", words="plain")
    other = visit("/events?category=court")
    drop(other, data)
    expect(other.get_by_role("heading", level=1)).to_have_text(title)
    expect(other.locator("#message")).to_have_text("The view of the picture is open.")
    assert urlsplit(other.url).path == path
    assert read(query(other)) == (selection, ())
    assert other.evaluate("window.scrollY") == 0
    other.go_back()
    expect(other.get_by_role("heading", level=1)).not_to_have_text(title)
    expect_query(other, "?category=court")


def test_a_picture_is_picked_with_the_button_of_the_footer(visit, tmp_path):
    page = visit("/trade?partner=USA&currency=USD")
    file = tmp_path / "of any name"
    file.write_bytes(drawn(page, "trade"))
    other = visit("/")
    with other.expect_file_chooser() as chooser:
        other.get_by_role("button", name="Reopen the view of a downloaded picture").click()
    chooser.value.set_files(file)
    expect_query(other, "?partner=USA&currency=USD")
    assert urlsplit(other.url).path == "/trade"


def test_a_picture_is_pasted(visit):
    page = visit("/retaliation")
    data = picture(view_of("/trade?reporter=MEX"))
    paste = DROP.replace('new DragEvent("drop", { dataTransfer', 'new ClipboardEvent("paste", { clipboardData')
    page.evaluate(paste, ["image.png", base64.b64encode(data).decode()])
    expect_query(page, "?reporter=MEX")


def test_a_dragged_file_is_welcomed_and_dragged_text_is_left_alone(visit):
    page = visit("/trade")
    drag = """kind => {
        const data = new DataTransfer();
        if (kind === "file") data.items.add(new File(["x"], "x.png")); else data.setData("text/plain", "words");
        const event = new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
        return event.defaultPrevented;
    }"""
    assert page.evaluate(drag, "text") is False
    expect(page.locator("#message")).not_to_be_visible()
    assert page.evaluate(drag, "file") is True
    expect(page.locator("#message")).to_have_text("Drop the picture to reopen its view.")


def selections(count):
    """Selections of every value of every field, in mixed company."""
    choices = [
        coverage().countries,
        coverage().countries,
        FREQUENCIES,
        coverage().currencies,
        CATEGORIES,
        REPORTED,
        MEASURES,
        MARKS,
    ]
    names = ("reporter", "partner", "freq", "currency", "category", "reported", "measure", "marks")
    every = list(product(*choices))
    step = len(every) // count
    years = [(1985, 1985), (1997, 2025), (2019, 2026), (2008, 2009)]
    for number, values in enumerate(islice(every, 0, None, step)):
        yield choose(**dict(zip(names, values, strict=True)), years=years[number % 4], rate=number % 200 + 0.5)


def test_hundreds_of_views_survive_the_way_into_a_picture_and_out_of_it(visit):
    page = visit("/sources")
    addresses = [f"/trade{selection.to_query()}" for selection in selections(400)]
    assert len(set(addresses)) >= 400
    meta = {
        "title": "Ü “x”",
        "subtitle": "",
        "summary": "s",
        "source": "",
        "software": "",
        "metadata": "",
        "chart": "c",
    }
    opened = page.evaluate(
        """async ([encoded, meta, addresses]) => {
            const plain = new Blob([Uint8Array.from(atob(encoded), letter => letter.charCodeAt(0))]);
            const found = [];
            for (const address of addresses) {
                const blob = await bilateral.png.remember(plain, Object.assign({}, meta, { address }));
                const back = await bilateral.png.recall(blob);
                found.push(back.pathname + back.search);
            }
            return found;
        }""",
        [base64.b64encode(picture()).decode(), meta, addresses],
    )
    assert opened == addresses
    for address, selection in zip(opened, selections(400), strict=True):
        assert read(urlsplit(address).query) == (selection, ())


DAMAGED = "This picture is damaged and cannot be read."
NOT_OURS = "This picture contains no view of Bilateral. Only pictures downloaded here can be reopened."
NOT_PNG = "Only PNG pictures downloaded here can be reopened. This file is of another kind."
TOO_LARGE = "This file is too large to be a picture from here."


def claiming(length):
    """A picture whose second chunk claims to be so long."""
    return picture()[:33] + struct.pack(">I", length) + b"iTXt" + b"Bilateral view\0\0\0\0\0{}"


def spoiled(address):
    good = view_of(address)
    return picture(Chunk(good.kind, good.body, good.crc ^ 1))


GOOD = view_of("/trade?partner=USA")
HOSTILE = {
    "empty": (b"", NOT_PNG),
    "signature only": (SIGNATURE, NOT_PNG),
    "truncated in a chunk": (picture(GOOD)[:50], DAMAGED),
    "truncated before the pixels": (picture(GOOD)[:33], NOT_PNG),
    "truncated behind another chunk": (picture(sealed(b"tEXt", b"a\0b"))[:50], DAMAGED),
    "claims 100 MB": (claiming(100_000_000), DAMAGED),
    "claims 4 GB": (claiming(2**32 - 1), DAMAGED),
    "claims a byte more than there is": (claiming(24), DAMAGED),
    "wrong sum": (spoiled("/trade?partner=USA"), DAMAGED),
    "no JSON": (picture(state("partner=USA")), DAMAGED),
    "cut JSON": (picture(state('{"version": 1, "address": "/tra')), DAMAGED),
    "JSON null": (picture(state("null")), NOT_OURS),
    "JSON list": (picture(state("[1]")), NOT_OURS),
    "no address": (picture(state({"version": 1})), NOT_OURS),
    "address is no text": (picture(state({"version": 1, "address": {"toString": "x"}})), NOT_OURS),
    "script": (picture(view_of("/trade?partner=<script>alert(1)</script>")), NOT_OURS),
    "javascript:": (picture(view_of("javascript:document.title='x'")), NOT_OURS),
    "data:": (picture(view_of("data:text/html,x")), NOT_OURS),
    "other origin": (picture(view_of("https://example.org/trade")), NOT_OURS),
    "other host": (picture(view_of("//evil")), NOT_OURS),
    "other host by backslash": (picture(view_of("/\\evil")), NOT_OURS),
    "up and out": (picture(view_of("/../../etc")), NOT_OURS),
    "fragment": (picture(view_of("/trade#x")), NOT_OURS),
    "line break": (picture(view_of("/trade\n")), NOT_OURS),
    "very long": (picture(view_of("/trade?partner=" + "A" * 2000)), NOT_OURS),
    "chunk of a megabyte": (picture(state("x" * 1_000_000)), NOT_OURS),
    "SVG by another name": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=1"/>' * 3, NOT_PNG),
    "JPEG": (b"\xff\xd8\xff\xe0" + b"\0" * 100, NOT_PNG),
    "from elsewhere": (picture(sealed(b"tEXt", b"Title\0A picture")), NOT_OURS),
    "view behind the pixels": (picture(pixel=[*PIXEL[:2], GOOD, PIXEL[2]]), NOT_OURS),
    "thousands of chunks": (picture(*[sealed(b"tEXt", b"a\0b")] * 5000, GOOD), NOT_OURS),
    "keyword that only begins like ours": (
        picture(sealed(b"iTXt", b'Bilateral viewer\0\0\0\0\0{"address": "/trade"}')),
        NOT_OURS,
    ),
}


def test_files_that_mean_harm_are_refused_with_the_reason_and_change_nothing(visit):
    page = visit("/trade?partner=USA", own=True)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    before, title, main = page.url, page.title(), page.locator("#page h1").text_content()
    for name, (data, sentence) in HOSTILE.items():
        page.evaluate("bilateral.say('')")
        drop(page, data, f"{name}.png")
        expect(page.locator("#message"), name).to_have_text(sentence)
        # The page still answers.
        page.evaluate("bilateral.say('')")
        page.locator("[data-chart=trade] [data-panel=data]").click()
        assert (page.url, page.title(), page.locator("#page h1").text_content()) == (before, title, main), name


def test_a_file_of_forty_megabytes_is_not_even_read(visit):
    page = visit("/trade")
    page.evaluate(
        """() => {
            const file = new File([new Uint8Array(40e6)], "big.png");
            file.arrayBuffer = () => { throw new Error("was read"); };
            const files = { items: [], types: ["Files"], files: [file] };
            const event = new Event("drop", { bubbles: true, cancelable: true });
            Object.defineProperty(event, "dataTransfer", { value: files });
            document.body.dispatchEvent(event);
        }"""
    )
    expect(page.locator("#message")).to_have_text(TOO_LARGE)
    assert page.url == visit.address + "/trade"


def test_an_unknown_page_and_unknown_values_are_answered_as_any_address_is(visit):
    page = visit("/trade")
    drop(page, picture(view_of("/nowhere")))
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page at this address")
    drop(page, picture(view_of("/trade?partner=XYZ&currency=EUR")))
    expect(page.locator("#notices")).to_contain_text("XYZ")


def test_bytes_at_random_never_reopen_anything(visit):
    page = visit("/trade")
    spoilt = []
    good = picture(GOOD)
    for number in range(300):
        data = bytearray(good)
        for step in range(1 + number % 4):
            data[(number * 7919 + step * 104729) % len(good)] ^= 1 << (number + step) % 8
        spoilt.append(base64.b64encode(bytes(data)).decode())
    outcome = page.evaluate(
        """async spoilt => {
            const found = new Set();
            for (const encoded of spoilt) {
                const blob = new Blob([Uint8Array.from(atob(encoded), letter => letter.charCodeAt(0))]);
                found.add(await bilateral.png.recall(blob).then(a => a.pathname + a.search, e => e.message));
            }
            return [...found];
        }""",
        spoilt,
    )
    # Where the harm is outside the chunk of the view, the view is still sound; nothing else is ever read.
    assert set(outcome) <= {"/trade?partner=USA", "damaged", "notOurs", "notPng"}
    assert {"damaged", "notPng"} <= set(outcome)
