"""Downloaded pictures: named, large, whole, light, and the same from a dark page and from a phone."""

from __future__ import annotations

import re

import pytest
from PIL import Image, ImageChops

from callbacks.pages import PAGES
from layouts.theme import DARK, LIGHT
from layouts.view import View
from tests.choosing import read
from tests.serving import wait_until_drawn

pytestmark = pytest.mark.browser

VARIANTS = {"desk": ("light", 1440), "dark": ("dark", 1440), "phone": ("light", 390)}
CHOICES = {
    "/": "?partner=USA",
    "/mirror": "",
    "/tariffs": "?partner=USA",
    "/retaliation": "",
}
FILES = {
    "flows": "flows_can-usa_1997-2025_annual_cad.png",
    "triangle": "triangle_can-usa_2025_cad.png",
    "mirror-exports": "mirror-can-mex_can-mex_1997-2025_annual_cad.png",
    "mirror-imports": "mirror-mex-can_can-mex_1997-2025_annual_cad.png",
    "tariffs": "tariffs_can-usa_2025-01--2026-10.png",
    "measure-timeline": "tariff-timeline_can-usa_2025-01--2026-10.png",
    "retaliation": "retaliation_can-usa_2025-2026_cad.png",
}
# Report format, see layouts/assets/picture.js: 2.5 pixels a point; words begin 48 points from the left.
WIDTH, LEAST_HEIGHT, SCALE, EDGE = 3000, 2250, 2.5, 48
TITLE, SMALL = 30, 15


def colour(token):
    return tuple(int(token[i : i + 2], 16) for i in (1, 3, 5))


def downloaded(page, folder):
    """Every picture of a page by the name of its chart."""
    found = {}
    for figure in page.locator("[data-chart]").all():
        with page.expect_download() as download:
            figure.get_by_role("button", name=re.compile("^Download PNG")).click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        assert path.read_bytes().startswith(b"\x89PNG")
        with Image.open(path) as image:
            found[figure.get_attribute("data-chart")] = (path.name, image.convert("RGB"))
    return found


def painted(image, box):
    """Share of a box that is not paper; None as box means the whole picture."""
    part = image.crop(box)
    difference = ImageChops.difference(part, Image.new("RGB", part.size, colour(LIGHT.paper))).convert("L")
    return 1 - difference.histogram()[0] / (part.width * part.height)


def has_colour(image, token):
    wanted = colour(token)
    return any(found == wanted for _count, found in image.getcolors(image.width * image.height))


@pytest.mark.parametrize("path", CHOICES)
def test_pictures_are_named_whole_light_and_the_same_from_every_page(visit, text, store, tmp_path, path):
    pictures = {}
    for variant, (theme, width) in VARIANTS.items():
        page = visit.blank(width=width, theme=theme)
        # The picture is dated; midnight between the two would make them differ.
        page.clock.set_fixed_time("2026-11-22T12:00:00Z")
        page.goto(visit.address + path + CHOICES[path])
        wait_until_drawn(page)
        folder = tmp_path / variant
        folder.mkdir()
        pictures[variant] = downloaded(page, folder)
    drawn = PAGES[path](View(text, read(CHOICES[path])[0]), store)
    assert {f"graph-{name}" for name in pictures["desk"]} == {
        part.id for part in drawn._traverse() if str(getattr(part, "id", "")).startswith("graph-")
    }
    for name, (file, image) in pictures["desk"].items():
        assert file == FILES[name]
        check_picture(name, image)
        for variant in ("dark", "phone"):
            other_file, other = pictures[variant][name]
            assert other_file == file
            assert other.getpixel((0, 0)) == colour(LIGHT.paper), f"{name} is dark"
            assert not has_colour(other, DARK.ink) and not has_colour(other, DARK.paper)
            assert ImageChops.difference(image, other).getbbox() is None, f"{name} is another one from {variant}"


def check_picture(name, image):
    width, height = image.size
    assert width == WIDTH and height >= LEAST_HEIGHT, name
    for corner in ((0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)):
        assert image.getpixel(corner) == colour(LIGHT.paper), name
    rim = 8
    for box in (
        (0, 0, width, rim),
        (0, height - rim, width, height),
        (0, 0, rim, height),
        (width - rim, 0, width, height),
    ):
        assert painted(image, box) == 0, f"{name}: something is cut at the edge"
    title = (0, int(EDGE * 0.8 * SCALE), width, int((EDGE * 0.8 + TITLE) * SCALE))
    assert painted(image, title) > 0.01, f"{name} has no title"
    assert has_colour(image.crop(title), LIGHT.ink), f"{name} has no dark title"
    last_line = int((EDGE * 0.7) * SCALE)
    source = (0, height - last_line - int(SMALL * 1.3 * 2 * SCALE), width, height - last_line)
    assert painted(image, source) > 0.01, f"{name} names no source"
    assert has_colour(image.crop(source), LIGHT.muted) or has_colour(image.crop(source), LIGHT.ink)
    middle = (0, int(height * 0.25), width, int(height * 0.75))
    assert painted(image, middle) > 0.01, f"{name} has no chart"
    # Nothing stands left of the words: margins are kept on both sides.
    margin = int((EDGE - 6) * SCALE)
    assert painted(image, (0, 0, margin, height)) == 0, f"{name}: the left margin is written on"


def test_a_picture_is_made_of_what_is_on_the_screen_and_leaves_it_alone(visit, tmp_path):
    page = visit("/trade")
    plot = "document.querySelector('[data-chart=trade] .main-svg').innerHTML"
    before = page.evaluate(plot)
    first = downloaded(page, tmp_path)["trade"][1]
    assert page.evaluate(plot) == before
    page.goto(visit.address + "/trade?partner=USA")
    wait_until_drawn(page)
    other = downloaded(page, tmp_path)["trade"][1]
    assert ImageChops.difference(first, other).getbbox() is not None


SVG = """chart => {
    const plot = document.querySelector(`[data-chart='${chart}'] .js-plotly-plot`);
    return bilateral.picture.draw(plot, { file: "svg" }).then(blob => blob.text());
}"""
# The width of some words of the drawing as the document sets them, and in a type of the system.
WIDTHS = """() => document.fonts.load("30px Bilateral").then(loaded => {
    const word = [...document.querySelectorAll("text")].find(text => text.textContent.includes("goods trade"));
    const widths = [word.getBoundingClientRect().width];
    word.style.fontFamily = "system-ui, sans-serif";
    return { faces: loaded.length, widths: [...widths, word.getBoundingClientRect().width] };
})"""


def test_a_drawing_carries_its_type(visit, browser):
    """Opened where nothing is installed, the words are set in the type that came with the drawing."""
    svg = visit("/").evaluate(SVG, "flows")
    elsewhere = browser.new_page()
    elsewhere.set_content(svg)
    found = elsewhere.evaluate(WIDTHS)
    elsewhere.close()
    assert svg.count("@font-face{font-family:Bilateral;font-weight:400 750;") == 1 and found["faces"] == 1
    assert abs(found["widths"][0] - found["widths"][1]) > 20
