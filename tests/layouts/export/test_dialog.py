"""The dialog that takes a chart away, as it is laid out: its choices, its names and what the scripts find in it."""

from __future__ import annotations

import re

import pytest

import app
from layouts.export.dialog import export_dialog, messages

SCRIPTS = {path.name: path.read_text() for path in app.ASSETS.glob("*.js") if "plotly" not in path.name}


@pytest.fixture(scope="module")
def parts(text):
    return list(export_dialog(text)._traverse())


def props(part):
    return part.to_plotly_json()["props"] if hasattr(part, "to_plotly_json") else {}


def having(parts, name):
    return [props(part) for part in parts if name in props(part)]


def test_every_choice_has_one_usual_option_and_the_script_knows_it(parts):
    usual = dict(re.findall(r'(\w+): "(\w+)"', re.search(r"var USUAL = \{(.*?)\}", SCRIPTS["export.js"])[1]))
    chosen = {}
    for option in having(parts, "data-choose"):
        if option["aria-pressed"] == "true":
            assert option["data-choose"] not in chosen
            chosen[option["data-choose"]] = option["data-value"]
    assert chosen == usual


def test_every_shape_offered_can_be_drawn(parts):
    offered = {o["data-value"] for o in having(parts, "data-choose") if o["data-choose"] == "shape"}
    block = re.search(r"var SHAPES = \{(.*?)\n  \};", SCRIPTS["picture.js"], re.DOTALL)[1]
    # The card of a shared link is the server's alone.
    assert offered == set(re.findall(r"^    (\w+): \{", block, re.MULTILINE)) - {"card"}
    assert offered == {"report", "slide", "square", "story"}


def test_every_action_is_known_to_the_script_and_every_text_has_a_button_that_copies_it(parts):
    actions = {props["data-export"] for props in having(parts, "data-export")}
    assert actions == set(re.findall(r'action === "([\w-]+)"', SCRIPTS["export.js"]))
    fills = {props["data-fill"] for props in having(parts, "data-fill")}
    assert fills == {props["data-copy"] for props in having(parts, "data-copy")}
    assert {"link", "embed", "api", "pandas", "r", "excel", "short", "long", "bibtex", "ris"} <= fills


def test_buttons_are_told_apart_by_their_names(parts):
    names = [p.get("aria-label") or p.get("children") for p in having(parts, "data-copy")]
    assert len(names) == len(set(names)) and all(names)
    for group in having(parts, "role"):
        if group["role"] == "group":
            assert group["aria-label"]


def test_the_dialog_is_named_by_its_title(parts, text):
    dialog = props(export_dialog(text))
    assert dialog["aria-labelledby"] in {p.get("id") for p in map(props, parts)}


def test_every_message_of_the_scripts_exists_and_none_is_left_over(text):
    said = set()
    for name in ("charts.js", "export.js", "picture.js", "png.js", "reopen.js"):
        said |= set(re.findall(r'say\("(\w+)"', SCRIPTS[name]))
        said |= set(re.findall(r'Error\("(\w+)"\)', SCRIPTS[name]))
        said |= set(re.findall(r"messages\(\)\.(\w+)", SCRIPTS[name]))
        said |= set(re.findall(r': "(damaged)"', SCRIPTS[name]))
    assert said == set(messages(text))


def test_messages_are_sentences(text):
    for words in messages(text).values():
        assert re.fullmatch(r"[A-Z].*\.", words) and "!" not in words
