"""Draw the house from its imports, folders as rooms and imports as arrows: ``python -m tests.house``."""

from __future__ import annotations

import ast
from collections import Counter
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "house.svg"
LAYERS = ("app", "callbacks", "layouts", "data")
WIDTH, ROW, ROOM, TALL, MARGIN, ROOMS = 1200, 120, 172, 46, 24, 4
INK, PAPER, LINE, FILLS = "#1a1a1a", "#ffffff", "#8a8a8a", ("#f2e6d8", "#e3ecf5", "#e7f0e4", "#f3e9f0")


def room_of(module: str) -> str:
    """The folder a module lies in; modules at the top of a layer share a room with its name."""
    parts = module.split(".")
    folder = ROOT / Path(*parts)
    depth = parts[:2] if len(parts) > 2 or folder.is_dir() else parts[:1]
    return "/".join(depth)


def imports() -> Counter[tuple[str, str]]:
    """How many modules of a room import from another room."""
    found: Counter[tuple[str, str]] = Counter()
    for path in [ROOT / "app.py", *(p for layer in LAYERS[1:] for p in sorted((ROOT / layer).rglob("*.py")))]:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in LAYERS:
                names = (
                    [f"{node.module}.{one.name}" for one in node.names] if _is_package(node.module) else [node.module]
                )
                found.update({(room_of(module), room_of(name)) for name in names})
    return Counter({pair: count for pair, count in found.items() if pair[0] != pair[1]})


def _is_package(module: str) -> bool:
    return (ROOT / Path(*module.split("."))).is_dir()


def places(found: Counter[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """The middle of each room: layers from top to bottom, and in a layer what is imported after what imports it."""
    rooms = {room for pair in found for room in pair}
    made = {}
    number = 0
    for layer in LAYERS:
        order = _ordered({room for room in rooms if room.split("/")[0] == layer}, found)
        for first in range(0, len(order), ROOMS):
            row = order[first : first + ROOMS]
            # Rows are shifted against each other, so that an arrow from row to row does not run through a room.
            shift = (number % 2 - 0.5) * ROOM / 2 if len(row) > 1 else 0
            step = (WIDTH - 2 * MARGIN) / len(row)
            for place, room in enumerate(row):
                made[room] = (MARGIN + step * (place + 0.5) + shift, MARGIN + ROW * number + TALL / 2)
            number += 1
    return made


def _ordered(rooms: set[str], found: Counter[tuple[str, str]]) -> list[str]:
    """Rooms of a layer, each before those it imports; where two import each other, the heavier arrow counts."""
    order: list[str] = []
    while rooms:
        arrows = {
            room: sum(found[a, room] - found[room, a] for a in rooms if found[a, room] > found[room, a])
            for room in rooms
        }
        first = min(sorted(rooms), key=lambda room: arrows[room])
        order.append(first)
        rooms = rooms - {first}
    return order


def drawing() -> str:
    """The picture as SVG."""
    found = imports()
    at = places(found)
    height = max(y for _x, y in at.values()) + TALL / 2 + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" font-family="sans-serif">',
        "<title>Rooms of the house and who imports whom</title>",
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" fill="{LINE}"/></marker></defs>',
    ]
    for (one, other), count in sorted(found.items()):
        (x0, y0), (x1, y1) = at[one], at[other]
        parts.append(
            f'<path d="{_path(x0, y0, x1, y1)}" fill="none" '
            f'stroke="{LINE}" stroke-opacity=".55" stroke-width="{min(1 + count / 20, 4):.1f}" marker-end="url(#tip)">'
            f"<title>{escape(one)} imports {escape(other)}: {count}</title></path>"
        )
    for room, (x, y) in sorted(at.items()):
        fill = FILLS[LAYERS.index(room.split("/")[0])]
        parts.append(
            f'<rect x="{x - ROOM / 2:.0f}" y="{y - TALL / 2:.0f}" width="{ROOM}" height="{TALL}" rx="8" '
            f'fill="{fill}" stroke="{LINE}"/>'
            f'<text x="{x:.0f}" y="{y + 5:.0f}" text-anchor="middle" font-size="14" fill="{INK}">{escape(room)}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


def _path(x0: float, y0: float, x1: float, y1: float) -> str:
    """A curve from one room to another: down or up between rows, sideways within one."""
    if y0 == y1:
        edge = ROOM / 2 if x1 > x0 else -ROOM / 2
        far = abs(x1 - x0) > WIDTH / ROOMS * 1.2
        if not far:
            return f"M{x0 + edge:.0f} {y0:.0f}L{x1 - edge:.0f} {y1:.0f}"
        return (
            f"M{x0:.0f} {y0 - TALL / 2:.0f}C{x0:.0f} {y0 - 52:.0f} {x1:.0f} {y1 - 52:.0f} {x1:.0f} {y1 - TALL / 2:.0f}"
        )
    start, end = (y0 + TALL / 2, y1 - TALL / 2) if y1 > y0 else (y0 - TALL / 2, y1 + TALL / 2)
    bend = (start + end) / 2
    return f"M{x0:.0f} {start:.0f}C{x0:.0f} {bend:.0f} {x1:.0f} {bend:.0f} {x1:.0f} {end:.0f}"


if __name__ == "__main__":
    PICTURE.write_text(drawing(), encoding="utf-8")
