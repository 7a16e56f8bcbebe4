"""Charts taken away: every shape to the pixel, every variant, and the dialog that offers them."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import expect

from layouts.theme import DARK, LIGHT
from tests.browser.shapes import PIXELS, composed, drawn, image, labels, texts

pytestmark = pytest.mark.browser

# Flat and tall charts, one and several panels, one and many marks, a treemap, a triangle.
VIEWS = {
    "/?partner=USA": ("flows", "triangle"),
    "/trade?partner=USA&marks=all": ("trade", "balance", "growth"),
    "/trade?partner=USA&freq=monthly&marks=all": ("trade", "growth"),
    "/tariffs?partner=USA": ("tariffs",),
    "/products?reporter=USA": ("products-ranking", "products-areas"),
    "/partners?reporter=USA": ("partners", "partner-ranks"),
    "/burden?partner=USA": ("usmca-share", "usmca-chapters"),
    "/before-after?partner=USA": ("around",),
}
# Text of a picture whose short side has 1,080 pixels is at least so high, and the plot has at least this share.
LEGIBLE, LEAST = 7, 0.35
# Points that stay paper all around; boxes of text that share less than this only touch.
RIM, TOUCH = 4, 3


def colour(token, alpha=255):
    return (*(int(token[i : i + 2], 16) for i in (1, 3, 5)), alpha)


def blank(picture, box, paper):
    part = picture.crop(box)
    return same(part, Image.new(part.mode, part.size, paper))


def same(one, other):
    # By default only the alpha of such pictures is looked at, which is the same everywhere.
    return ImageChops.difference(one, other).getbbox(alpha_only=False) is None


def rims(picture, rim):
    width, height = picture.size
    yield from ((0, 0, width, rim), (0, height - rim, width, height))
    yield from ((0, 0, rim, height), (width - rim, 0, width, height))


@pytest.mark.parametrize("path", VIEWS)
def test_every_shape_is_whole_to_the_pixel_and_legible(visit, path):
    page = visit(path)
    for chart in VIEWS[path]:
        for shape, (width, height) in PIXELS.items():
            name = f"{chart} as {shape}"
            picture = image(drawn(page, chart, shape=shape)).convert("RGBA")
            made = composed(page, chart, shape=shape)
            if shape == "report":
                assert picture.width == width and picture.height >= height, name
            else:
                assert picture.size == (width, height), name
            check_pixels(picture, made, name)
            check_labels(labels(page, chart, shape=shape), made, min(width, height), name)


def check_pixels(picture, made, name):
    paper = colour(LIGHT.paper)
    scale = picture.width / made["width"]
    for box in rims(picture, int(RIM * scale)):
        assert blank(picture, box, paper), f"{name}: something is cut at the edge"
    head, foot = (int(made["margin"][side] * scale) for side in "tb")
    assert not blank(picture, (0, 0, picture.width, min(head, int(90 * scale))), paper), f"{name} has no title"
    bottom = (0, picture.height - min(foot, int(70 * scale)), picture.width, picture.height)
    assert not blank(picture, bottom, paper), f"{name} names no source"
    plot = (0, head, picture.width, picture.height - foot)
    assert not blank(picture, plot, paper), f"{name} has no chart"
    assert (picture.height - head - foot) / picture.height >= LEAST, f"{name}: the plot is squeezed"


def check_labels(found, made, short, name):
    a_pixel = made["scale"] * 1080 / short
    smallest = min(found, key=lambda label: label.size)
    assert smallest.size * a_pixel >= LEGIBLE, f"{name}: “{smallest.text}” is too small to read"
    assert {label.word for label in found} == {True, False}, f"{name} lacks its words or its labels"
    for label in found:
        inside = (
            label.left >= RIM
            and label.top >= RIM
            and label.right <= made["width"] - RIM
            and label.bottom <= made["height"] - RIM
        )
        assert inside, f"{name}: “{label.text}” runs over the edge"
    for place, one in enumerate(found):
        for other in found[:place]:
            assert not one.meets(other, TOUCH), f"{name}: “{one.text}” and “{other.text}” overlap"


@pytest.mark.parametrize(
    ("path", "chart"), [("/trade?partner=USA&freq=monthly&marks=all", "growth"), ("/tariffs?partner=USA", "tariffs")]
)
def test_variants_have_the_right_ground_words_and_events(visit, path, chart):
    page = visit(path)
    grounds = {"light": colour(LIGHT.paper), "dark": colour(DARK.paper), "clear": (0, 0, 0, 0)}
    for shape in ("slide", "story"):
        for colours, ground in grounds.items():
            picture = image(drawn(page, chart, shape=shape, colours=colours)).convert("RGBA")
            assert picture.size == PIXELS[shape]
            for box in rims(picture, 6):
                assert blank(picture, box, ground), f"{colours} {shape}"
            held = {found for _count, found in picture.getcolors(picture.width * picture.height)}
            assert (colour(DARK.ink) in held) == (colours == "dark")
            assert (colour(LIGHT.ink) in held) == (colours != "dark")
        plain = composed(page, chart, shape=shape, words="plain")
        assert plain["words"] == [] and (plain["width"], plain["height"]) != (0, 0)
        assert not any(label.word for label in labels(page, chart, shape=shape, words="plain"))
        assert image(drawn(page, chart, shape=shape, words="plain")).size == PIXELS[shape]


def test_without_events_neither_marks_nor_their_words_are_left(visit):
    page = visit("/trade?partner=USA&freq=monthly&marks=all")
    for chart in ("trade", "balance", "growth"):
        with_events = composed(page, chart)
        without = composed(page, chart, events="without")
        assert with_events["events"] > 0 and without["events"] == 0
        # Where a line ends depends on all that is said before it.
        assert "US duties on Canada and Mexico take effect" in " ".join(with_events["words"])
        assert "US duties on Canada and Mexico take effect" not in " ".join(without["words"])
        texts_without = {label.text for label in labels(page, chart, events="without")}
        assert not any(re.fullmatch(r"\d+–\d+", text) for text in texts_without)


def test_the_words_of_every_mark_are_in_every_shape(visit):
    page = visit("/trade?partner=USA&freq=monthly&marks=all")
    marks = page.locator("[data-chart=trade] .marks li")
    count = marks.count()
    assert count > 20
    for shape in PIXELS:
        said = unescape(" ".join(composed(page, "trade", shape=shape)["words"]))
        for number in range(count):
            assert marks.nth(number).text_content() in said, f"{shape} lacks mark {number + 1}"


def test_an_svg_is_well_formed_and_as_large_as_its_shape(visit):
    page = visit("/trade?partner=USA")
    for shape, (width, height) in PIXELS.items():
        made = composed(page, "trade", shape=shape)
        root = ElementTree.fromstring(drawn(page, "trade", shape=shape, file="svg"))
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert (float(root.get("width")), float(root.get("height"))) == (made["width"], made["height"])
        if shape != "report":
            assert made["width"] / made["height"] == pytest.approx(width / height)
        assert "goods trade" in " ".join(root.itertext())


@pytest.mark.parametrize(
    ("path", "charts"), [("/?partner=USA&marks=all", ("flows",)), ("/tariffs?partner=USA", ("tariffs",))]
)
def test_pictures_are_the_same_from_a_light_page_a_dark_page_and_a_phone(visit, path, charts):
    made = {}
    for theme, width in (("light", 1440), ("dark", 1440), ("light", 390)):
        page = visit.blank(width=width, theme=theme)
        # The picture is dated; midnight between the two would make them differ.
        page.clock.set_fixed_time("2026-11-22T12:00:00Z")
        page.goto(visit.address + path)
        page.wait_for_selector(".js-plotly-plot .main-svg")
        page.wait_for_function(
            "theme => (theme === 'dark') === [...document.querySelectorAll('.js-plotly-plot')].every("
            "plot => plot.layout && Object.keys(plot.layout.meta.recolour.light).length > 0)",
            arg=theme,
        )
        for chart in charts:
            for shape, colours in (("square", "light"), ("story", "dark")):
                found = image(drawn(page, chart, shape=shape, colours=colours)).convert("RGBA")
                first = made.setdefault((chart, shape), found)
                assert same(first, found), f"{chart} {shape}, {theme} {width}"


# The dialog


def opened(page, chart="trade"):
    page.locator(f"[data-chart={chart}] [data-action=export]").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.locator(".preview")).to_have_attribute("src", re.compile("^blob:"))
    return dialog


def option(dialog, group, name):
    return dialog.get_by_role("group", name=group, exact=True).get_by_role("button", name=name, exact=True)


def test_the_dialog_opens_by_button_and_every_way_out_gives_the_focus_back(visit):
    page = visit("/trade")
    button = page.locator("[data-chart=trade] [data-action=export]")
    leave = {
        "Escape": lambda dialog: page.keyboard.press("Escape"),
        "Close": lambda dialog: dialog.get_by_role("button", name="Close").click(),
        "backdrop": lambda dialog: page.mouse.click(4, 4),
    }
    for way, out in leave.items():
        dialog = opened(page)
        assert dialog.get_attribute("aria-labelledby") == "export-title"
        expect(dialog.get_by_role("heading", name="Share or export")).to_be_visible()
        out(dialog)
        expect(page.locator("#export")).not_to_be_visible()
        assert button.evaluate("button => button === document.activeElement"), way


def test_a_click_beside_a_choice_leaves_the_dialog_open(visit):
    page = visit("/trade")
    dialog = opened(page)
    dialog.get_by_role("heading", name="Picture").click()
    # Between the choices and the edge, away from the head, which covers what is scrolled under it.
    box = dialog.locator(".export-body").bounding_box()
    page.mouse.click(box["x"] + 3, 450)
    expect(dialog).to_be_visible()


def test_the_letter_e_opens_it_for_the_chart_in_view_but_not_while_typing_or_with_another_key(visit):
    # A letter moves a list to the next option that begins with it: this is the only one with an "e", so it stays,
    # and the page is not drawn anew under the rest of the test.
    page = visit("/trade?partner=USA&marks=economy")
    closed = page.locator("#export")
    for keys in ("Control+e", "Meta+e", "Alt+e", "Shift+E", "x"):
        page.keyboard.press(keys)
        expect(closed).not_to_be_visible()
    page.locator("#select-marks").focus()
    page.keyboard.press("e")
    expect(closed).not_to_be_visible()
    assert page.evaluate("location.search") == "?partner=USA&marks=economy"
    page.locator("#content").focus()
    button = page.locator("[data-chart=growth] [data-panel=data]")
    button.focus()
    expect(button).to_be_focused()
    page.keyboard.press("e")
    expect(closed).to_be_visible()
    expect(closed.locator(".export-name")).to_contain_text("Growth")
    # Within the dialog the letter means nothing.
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    expect(closed).not_to_be_visible()


def test_the_focus_stays_in_the_dialog(visit):
    page = visit("/trade")
    opened(page)
    inside = (
        "document.activeElement === document.body || document.querySelector('#export').contains(document.activeElement)"
    )
    for key in ["Tab"] * 45 + ["Shift+Tab"] * 5:
        page.keyboard.press(key)
        assert page.evaluate(inside)


def test_the_preview_has_the_proportions_and_names_the_size_of_each_shape(visit):
    page = visit("/trade?partner=USA")
    dialog = opened(page)
    names = {"report": "Report", "slide": "Slide, 16:9", "square": "Square", "story": "Phone, 9:16"}
    for shape, name in names.items():
        option(dialog, "Shape", name).click()
        made = composed(page, "trade", shape=shape)
        width, height = (round(made[side] * made["scale"]) for side in ("width", "height"))
        expect(dialog.locator(".preview-size")).to_have_text(f"{width} × {height}")
        page.wait_for_function(
            "wanted => { const i = document.querySelector('.preview');"
            " return i.complete && Math.abs(i.naturalWidth / i.naturalHeight - wanted) < 0.01; }",
            arg=width / height,
        )
        shown = dialog.locator(".preview").bounding_box()
        assert shown["width"] / shown["height"] == pytest.approx(width / height, rel=0.02)
    assert dialog.locator(".preview").get_attribute("alt").startswith("Exports to")


def test_every_control_has_a_name_and_what_is_chosen_is_said(visit):
    page = visit("/trade?partner=USA")
    dialog = opened(page)
    for button in dialog.get_by_role("button").all():
        name = button.get_attribute("aria-label") or button.text_content()
        assert name.strip()
    usual = {"Shape": "Report", "File": "PNG", "Words": "title, notes and source", "Colours": "light"}
    for group, name in usual.items():
        assert pressed(dialog, group) == [name]
    for group, name in {"Shape": "Square", "Colours": "dark", "Words": "chart only", "Events": "without"}.items():
        option(dialog, group, name).click()
        assert pressed(dialog, group) == [name]
    page.keyboard.press("Escape")
    # What was chosen stays for the next chart.
    dialog = opened(page, "balance")
    assert pressed(dialog, "Shape") == ["Square"] and pressed(dialog, "Colours") == ["dark"]


def pressed(dialog, group):
    buttons = dialog.get_by_role("group", name=group, exact=True).get_by_role("button").all()
    return [button.text_content() for button in buttons if button.get_attribute("aria-pressed") == "true"]


def test_events_are_offered_only_where_there_are_some(visit):
    page = visit("/?partner=USA")
    dialog = opened(page, "triangle")
    expect(dialog.get_by_role("group", name="Events")).not_to_be_visible()
    page.keyboard.press("Escape")
    expect(opened(page, "flows").get_by_role("group", name="Events")).to_be_visible()


def test_files_are_named_after_what_they_are(visit, tmp_path):
    page = visit("/trade")
    dialog = opened(page)
    plain = "trade_can-mex_1997-2025_annual_cad"
    assert saved(page, dialog) == f"{plain}.png"
    option(dialog, "Shape", "Slide, 16:9").click()
    option(dialog, "Colours", "transparent").click()
    assert saved(page, dialog) == f"{plain}_slide_clear.png"
    option(dialog, "Events", "without").click()
    option(dialog, "Words", "chart only").click()
    option(dialog, "File", "SVG").click()
    assert saved(page, dialog) == f"{plain}_slide_plain_clear_no-events.svg"


def saved(page, dialog):
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download picture").click()
    return download.value.suggested_filename


def test_picture_and_texts_are_copied(visit):
    page = visit("/trade?partner=USA", permissions=["clipboard-read", "clipboard-write"])
    dialog = opened(page)
    dialog.get_by_role("button", name="Copy picture").click()
    expect(page.locator("#message")).to_have_text("Copied.")
    size = page.evaluate(
        "() => navigator.clipboard.read().then(items => items[0].getType('image/png'))"
        ".then(blob => createImageBitmap(blob)).then(picture => [picture.width, picture.height])"
    )
    made = composed(page, "trade")
    assert size == [round(made["width"] * made["scale"]), round(made["height"] * made["scale"])]
    address = visit.address + "/trade?partner=USA#trade"
    expect(dialog.locator("[data-fill=link]")).to_have_text(address)
    dialog.get_by_role("button", name="Copy: Address of this view").click()
    page.wait_for_function("wanted => navigator.clipboard.readText().then(text => text === wanted)", arg=address)


def test_what_cannot_be_copied_says_so(visit):
    page = visit.blank()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(visit.address + "/trade")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    dialog = opened(page)
    dialog.get_by_role("button", name="Copy picture").click()
    expect(page.locator("#message")).to_contain_text("does not let a page copy pictures")
    dialog.get_by_role("button", name="Copy: Address of this view").click()
    expect(page.locator("#message")).to_contain_text("only over a secure connection")


def test_sharing_is_offered_only_where_the_device_can(visit):
    for able in (False, True):
        page = visit.blank()
        share = "data => { window.shared = data; return Promise.resolve(); }" if able else "undefined"
        page.add_init_script(f"Object.defineProperty(navigator, 'share', {{ value: {share} }})")
        page.goto(visit.address + "/trade")
        page.wait_for_selector(".js-plotly-plot .main-svg")
        button = opened(page).get_by_role("button", name="Share…")
        expect(button).to_be_visible(visible=able)
    button.click()
    assert page.evaluate("window.shared.url") == f"{visit.address}/trade#trade"


def test_data_are_counted_and_linked(visit):
    page = visit("/trade?partner=USA")
    dialog = opened(page)
    expect(dialog.locator(".row-count")).to_have_text(re.compile(r"^\d+ rows, \d+ columns$"))
    for suffix in ("csv", "xlsx", "parquet", "json"):
        link = dialog.locator(f"[data-file={suffix}]").first
        with page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename.endswith(f".{suffix}")
        assert download.value.failure() is None


def test_the_data_come_zipped_with_the_picture(visit, tmp_path):
    page = visit("/trade?partner=USA")
    dialog = opened(page)
    with page.expect_download() as download:
        dialog.get_by_role("button", name="ZIP with picture").click()
    assert download.value.suggested_filename == "trade_can-usa_1997-2025_annual_cad.zip"
    with ZipFile(download.value.path()) as packed:
        pictures = [name for name in packed.namelist() if name.endswith(".png")]
        assert len(pictures) == 1 and any(name.endswith(".csv") for name in packed.namelist())
        inside = packed.read(pictures[0])
    assert image(inside).width == PIXELS["report"][0]
    assert "/trade?partner=USA" in texts(inside)["Bilateral view"]


def test_nothing_overflows_on_a_phone(visit):
    page = visit("/trade?partner=USA", width=390)
    dialog = opened(page)
    box = dialog.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert dialog.evaluate("d => d.scrollWidth <= d.clientWidth")
    beyond = dialog.evaluate(
        "d => [...d.querySelectorAll('button, a, code, img, p, h3')].filter(e => e.offsetParent)"
        ".filter(e => e.getBoundingClientRect().right > d.getBoundingClientRect().right + 1).map(e => e.outerHTML)"
    )
    assert beyond == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
