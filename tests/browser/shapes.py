"""Pictures of charts as the page makes them, and what stands in them: pixels, chunks of text, labels and where."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from dataclasses import dataclass
from typing import Any

from PIL import Image
from playwright.sync_api import Page

USUAL = {"shape": "report", "file": "png", "words": "all", "colours": "light", "events": "with"}
PIXELS = {"report": (3000, 2250), "slide": (1920, 1080), "square": (2160, 2160), "story": (1080, 1920)}
SIGNATURE = b"\x89PNG\r\n\x1a\n"

_PLOT = "document.querySelector(`[data-chart='${chart}'] .js-plotly-plot`)"

_DRAW = f"""([chart, options]) => bilateral.picture.draw({_PLOT}, options).then(blob => new Promise(done => {{
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.readAsDataURL(blob);
}}))"""

_COMPOSE = f"""([chart, options]) => {{
    const made = bilateral.picture.compose({_PLOT}, options), layout = made.layout;
    return {{
        width: made.width, height: made.height, scale: made.scale, margin: layout.margin,
        words: layout.annotations.filter(a => a.name === "words").map(a => a.text),
        events: layout.annotations.concat(layout.shapes).filter(part => part.name === "event").length,
        columns: Object.keys(layout).filter(key => /^xaxis/.test(key)).length,
    }};
}}"""

# Every text of a picture with its box in points. A picture's words come after the chart's own annotations.
_TEXTS = f"""async ([chart, options]) => {{
    const made = bilateral.picture.compose({_PLOT}, options);
    const words = new Set(made.layout.annotations.flatMap((a, place) => a.name === "words" ? [String(place)] : []));
    const blob = await bilateral.picture.draw({_PLOT}, options);
    const holder = document.createElement("div");
    holder.style.cssText = "position:absolute;left:0;top:0;visibility:hidden";
    holder.innerHTML = await blob.text();
    document.body.appendChild(holder);
    const origin = holder.querySelector("svg").getBoundingClientRect();
    const found = [...holder.querySelectorAll("text")].filter(t => t.textContent.trim()).map(t => {{
        const box = t.getBoundingClientRect(), group = t.closest("g.annotation");
        return {{
            text: t.textContent, left: box.left - origin.left, top: box.top - origin.top,
            right: box.right - origin.left, bottom: box.bottom - origin.top,
            size: parseFloat(getComputedStyle(t).fontSize),
            word: Boolean(group && words.has(group.dataset.index)),
        }};
    }}).filter(t => t.right > t.left);
    holder.remove();
    return found;
}}"""


def options(**chosen: str) -> dict[str, str]:
    """The choices of the dialog: the usual ones but for those given."""
    return USUAL | chosen


def drawn(page: Page, chart: str, **chosen: str) -> bytes:
    """The file a reader gets."""
    return base64.b64decode(page.evaluate(_DRAW, [chart, options(**chosen)]))


def image(data: bytes) -> Image.Image:
    """Decode every pixel of a PNG."""
    with Image.open(io.BytesIO(data)) as opened:
        assert opened.format == "PNG"
        opened.load()
        return opened.copy()


def composed(page: Page, chart: str, **chosen: str) -> dict[str, Any]:
    """Sizes, margins, words and count of event parts of a picture, in points."""
    return page.evaluate(_COMPOSE, [chart, options(**chosen)])


@dataclass(frozen=True)
class Label:
    """One text of a picture and its box in points; ``word`` for title, notes and source."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    word: bool

    def meets(self, other: Label, slack: float) -> bool:
        """Whether two boxes share more than a sliver."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack


def labels(page: Page, chart: str, **chosen: str) -> list[Label]:
    """Every text of a picture, from its SVG."""
    return [Label(**found) for found in page.evaluate(_TEXTS, [chart, options(**chosen) | {"file": "svg"}])]


@dataclass(frozen=True)
class Chunk:
    """One chunk of a PNG as written, with its sum."""

    kind: bytes
    body: bytes
    crc: int

    @property
    def intact(self) -> bool:
        """Whether the sum is that of kind and body."""
        return zlib.crc32(self.kind + self.body) == self.crc


def chunks(data: bytes) -> list[Chunk]:
    """Read a PNG's chunks by its specification, to the last byte."""
    assert data.startswith(SIGNATURE)
    found, at = [], len(SIGNATURE)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (crc,) = struct.unpack_from(">I", data, at + 8 + length)
        found.append(Chunk(kind, body, crc))
        at += length + 12
    assert at == len(data)
    return found


def written(chunk: Chunk) -> bytes:
    """A chunk as bytes."""
    return struct.pack(">I", len(chunk.body)) + chunk.kind + chunk.body + struct.pack(">I", chunk.crc)


def sealed(kind: bytes, body: bytes) -> Chunk:
    """A chunk with its right sum."""
    return Chunk(kind, body, zlib.crc32(kind + body))


def texts(data: bytes) -> dict[str, str]:
    """The international texts of a PNG by keyword; all are uncompressed and name no language."""
    found = {}
    for chunk in chunks(data):
        if chunk.kind == b"iTXt":
            keyword, rest = chunk.body.split(b"\0", 1)
            assert rest[:4] == b"\0\0\0\0", "flag, method, language and translated keyword are empty"
            assert keyword.decode("latin-1") not in found
            found[keyword.decode("latin-1")] = rest[4:].decode("utf-8")
    return found
