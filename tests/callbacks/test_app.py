"""The app behind its web server: what is served, with which headers, and what the callbacks answer."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import brotli
import pytest

import app
from callbacks import pages
from data.queries import trade
from layouts import ids
from layouts.theme import DARK, LIGHT
from layouts.wording.text import Text
from tests.choosing import read
from tests.data.helpers import read_rows
from tests.wiring import UPDATE, charts_of, draw, draw_request, stale_twins, tagged, walk, words

ROOT = Path(__file__).parents[2]
NAVIGATION = ["/", "/trade", "/products", "/tariffs", "/events", "/sources"]
TABS = {
    "/trade": ["/trade", "/compare", "/before-after", "/mirror", "/partners"],
    "/tariffs": ["/tariffs", "/burden", "/retaliation"],
    "/sources": ["/sources", "/api"],
}
PAGES = list(dict.fromkeys([*NAVIGATION, *(path for tabs in TABS.values() for path in tabs), "/briefing"]))
UNKNOWN = ["/nope", "/nope/", "/trade/more", "/Trade", "/index.html", "/assets2", "/robots.txt"]


def headers_of(client, path="/"):
    with client.get(path) as response:
        return response.headers


def inline_scripts(html):
    """Attributes and body of each script that the document itself carries and the browser would run."""
    found = re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL)
    return [body for attributes, body in found if "src=" not in attributes and "application/json" not in attributes]


def own_addresses(html):
    return re.findall(r'(?:href|src)="(/[^"]+)"', html)


# ---- Pages and statuses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*PAGES, "/trade/", "/sources/"])
def test_every_page_answers_200(client, path):
    assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", UNKNOWN)
def test_an_unknown_path_answers_404_and_still_brings_the_page_that_says_so(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert 'id="react-entry-point"' in response.text
    assert client.head(path).status_code == 404


def test_a_missing_asset_answers_404(client):
    assert client.get("/assets/nope.css").status_code == 404


def test_the_health_check_answers_200(client):
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "OK")


def test_the_document_says_its_language(client):
    assert '<html lang="en"' in client.get("/").text


def test_the_document_names_no_other_host(client):
    html = client.get("/").text
    config = re.search(r'<script id="_dash-config"[^>]*>(.*?)</script>', html, re.DOTALL)[1]
    rest = html.replace(config, "")
    # A shared link names its own page and card in full; nothing else of the document has a host at all.
    own = r'<(?:meta property="og:(?:url|image)" content|link rel="canonical" href)="http://localhost/[^"]*">'
    assert len(re.findall(own, rest)) == 3
    assert re.findall(r"https?:|[\"'(]//", re.sub(own, "", rest)) == []
    # Dash writes one address into its settings, which its developer tools would ask; these are off.
    settings = json.loads(config)
    assert [name for name, value in settings.items() if "//" in str(value)] == ["dash_version_url"]
    assert settings["ui"] is False


# ---- Headers --------------------------------------------------------------------------------------------------


def policy_of(client, path="/"):
    policy = headers_of(client, path)["Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


def test_the_policy_allows_no_evaluated_and_no_unnamed_script(client):
    policy = policy_of(client)
    assert "unsafe-eval" not in str(policy)
    assert "'unsafe-inline'" not in policy["script-src"]
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]


def test_the_policy_names_no_other_host(client):
    sources = {source for values in policy_of(client).values() for source in values}
    assert {s for s in sources if not s.startswith("'sha256-")} == {
        "'self'",
        "'none'",
        "'unsafe-inline'",
        "data:",
        "blob:",
    }


@pytest.mark.parametrize("path", ["/", "/trade", "/nope"])
def test_each_inline_script_is_in_the_policy_by_its_hash(client, path):
    scripts = inline_scripts(client.get(path).text)
    assert scripts
    for body in scripts:
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy_of(client, path)["script-src"]


@pytest.mark.parametrize("path", ["/", "/nope", "/_dash-layout", "/healthz"])
def test_every_answer_carries_the_safety_headers(client, path):
    headers = headers_of(client, path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]


def test_an_asset_is_not_sniffed(client):
    assert headers_of(client, "/assets/style.css")["X-Content-Type-Options"] == "nosniff"


def test_no_answer_is_open_to_other_origins(client):
    paths = ["/", "/healthz", "/_dash-layout", "/_dash-dependencies", *own_addresses(client.get("/").text)]
    assert [path for path in paths if "Access-Control-Allow-Origin" in headers_of(client, path)] == []


# ---- Static files ---------------------------------------------------------------------------------------------


def test_every_script_and_style_has_a_version_in_its_address_and_may_be_kept_a_year(client):
    addresses = own_addresses(client.get("/").text)
    assert len(addresses) > 10
    for address in addresses:
        assert re.search(r"\?m=\d|\.v\d+_\d+_\d+m\d+", address), address
        with client.get(address) as response:
            assert response.status_code == 200, address
            assert "max-age=31536000" in response.headers["Cache-Control"], address


def test_the_page_loads_its_own_plotly_and_not_the_full_one(client):
    html = client.get("/").text
    assert "/assets/plotly-trade.min.js" in html
    assert "plotly/package_data" not in html


def test_the_page_loads_no_script_that_it_does_not_need_and_its_own_icon(client):
    html = client.get("/").text
    assert "dash_renderer" in html and "deps/polyfill" not in html and "/dash_table/" not in html
    assert '<link rel="icon" type="image/svg+xml" href="/assets/icon.svg?m=' in html and "favicon.ico" not in html


UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("encoding", sorted(UNPACK))
def test_component_scripts_are_compressed_as_the_browser_asks(client, encoding):
    address = next(a for a in own_addresses(client.get("/").text) if "dash_core_components." in a)
    with client.get(address) as plain, client.get(address, headers={"Accept-Encoding": encoding}) as packed:
        assert packed.headers["Content-Encoding"] == encoding
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert len(packed.data) < len(plain.data) / 3
        assert UNPACK[encoding](packed.data) == plain.data


@pytest.mark.parametrize("encoding", sorted(UNPACK))
def test_a_callback_answer_is_compressed_as_the_browser_asks(client, encoding):
    plain = client.post(UPDATE, json=draw_request("/trade"))
    packed = client.post(UPDATE, json=draw_request("/trade"), headers={"Accept-Encoding": encoding})
    assert packed.headers["Content-Encoding"] == encoding
    assert UNPACK[encoding](packed.data) == plain.data


def test_a_compressed_twin_of_an_asset_is_served_in_its_place(store, tmp_path, monkeypatch):
    assets = tmp_path / "assets"
    shutil.copytree(app.ASSETS, assets, ignore=shutil.ignore_patterns("*.br", "*.gz"))
    (assets / "style.css.br").write_bytes(brotli.compress(b"/* the twin */"))
    monkeypatch.setattr(app, "ASSETS", assets)
    client = app.create_app(store).server.test_client()
    with client.get("/assets/style.css", headers={"Accept-Encoding": "br"}) as response:
        assert response.headers["Content-Encoding"] == "br"
        assert brotli.decompress(response.data) == b"/* the twin */"
    with client.get("/assets/style.css", headers={"Accept-Encoding": "identity"}) as response:
        assert response.data == (assets / "style.css").read_bytes()


def test_compressed_twins_of_our_assets_are_up_to_date():
    """They are only there after ``make static``, which renews them; without them nothing can be out of date."""
    assert stale_twins(app.ASSETS) == []


def test_a_twin_that_is_out_of_date_is_noticed(tmp_path):
    (tmp_path / "style.css").write_bytes(b"new")
    (tmp_path / "style.css.br").write_bytes(brotli.compress(b"old"))
    (tmp_path / "gone.js.gz").write_bytes(gzip.compress(b"gone"))
    assert stale_twins(tmp_path) == ["gone.js.gz", "style.css.br"]


# ---- Callbacks ------------------------------------------------------------------------------------------------

TITLES = {
    ("/trade", ""): "Canada’s goods trade with Mexico",
    ("/trade", "?partner=USA"): "Canada’s goods trade with the United States",
    ("/trade", "?reporter=USA&partner=CAN&freq=monthly"): "US goods trade with Canada",
    ("/trade", "?reporter=MEX"): "Mexico’s goods trade with Canada",
    ("/tariffs", ""): "The article’s 25% and 10% on Canadian goods ended on 23 February 2026; other tariffs apply.",
    ("/tariffs", "?reporter=MEX&partner=USA"): (
        "The article’s 25% on Mexican goods ended on 23 February 2026; other tariffs apply."
    ),
    ("/tariffs", "?border=mex-can"): "Additional tariffs between Canada and Mexico",
    ("/events", "?reporter=USA"): "What happened between the United States and Mexico",
    ("/events", "?partner=CAN"): "What happened to Canada",
    ("/sources", ""): "Where the figures come from",
    ("/trade", "?measure=index&reported=partner"): "Canada’s goods trade with Mexico",
    ("/trade", "?reported=both"): "Canada’s goods trade with Mexico",
    ("/mirror", "?partner=USA"): "What Canada and the United States each record",
    ("/before-after", "?partner=USA&around=nothing"): "Around an event",
    ("/nope", "?partner=USA"): "There is no page at this address",
    ("/", "?partner=CAN"): "Choose two different countries",
}


@pytest.mark.parametrize(("path", "search"), TITLES)
def test_the_drawn_page_has_the_title_of_its_address(client, path, search):
    assert [words(h1) for h1 in tagged(draw(client, path, search)["page"], "H1")] == [TITLES[path, search]]


QUERIES = [
    "",
    "?partner=USA",
    "?reporter=USA",
    "?reporter=USA&partner=CAN&currency=CAD",
    "?years=2005-2012",
    "?years=2019",
    "?currency=GBP",
    "?freq=monthly",
    "?reporter=MEX&partner=USA",
    "?reporter=MEX",
    "?years=1985-1986",
]
OF_ANY_PAGE = ["", "?partner=USA", "?reporter=MEX", "?currency=GBP", "?freq=monthly", "?years=1985-1986"]
# Choices of single pages.
OF_PAGES = {
    "/trade": [
        *(f"?measure={m}" for m in ("growth", "index", "share", "gdp", "constant", "compound", "rolling")),
        *(f"?freq=monthly&measure={m}" for m in ("growth", "index", "share", "constant", "rolling")),
        "?reporter=USA&measure=share",
        "?reporter=USA&freq=monthly&measure=constant&base=2010",
        "?reporter=MEX&measure=index&base=2019",
        "?reported=partner",
        "?reported=partner&partner=USA&measure=compound",
        "?reported=both&partner=USA",
        "?reported=both&measure=gdp&reporter=MEX",
        "?marks=all&partner=USA",
        "?marks=none",
    ],
    "/products": [
        "?reporter=USA&product=87",
        "?reporter=USA&partner=CAN&product=XVII&flow=import",
        "?reporter=USA&flow=import&freq=monthly",
        "?reporter=USA&detail=chapter&against=2019",
        "?reporter=USA&product=27&event=canada-35",
        "?reporter=USA&product=98-99&freq=monthly",
    ],
    "/partners": ["?reporter=USA&flow=import", "?reporter=USA&years=2013-2024", "?flow=import&years=2024"],
    "/before-after": ["?partner=USA&around=usmca-in-force", "?partner=USA&reported=partner", "?around=nothing"],
    "/burden": ["?partner=USA&rate=12.5", "?partner=USA&rate=0"],
}
VISITS = [
    *((path, search) for path in PAGES for search in OF_ANY_PAGE),
    *((path, search) for path, searches in OF_PAGES.items() for search in searches),
]


@pytest.mark.parametrize(("path", "search"), VISITS)
def test_every_page_draws_for_every_choice(client, path, search):
    drawn = draw(client, path, search)
    assert drawn["notices"] is None
    assert len(tagged(drawn["page"], "H1")) == 1
    assert words(drawn["page"])
    assert "nan" not in words(drawn["page"]).lower().split()
    assert drawn["page-title"].endswith(" – Bilateral")


@pytest.mark.parametrize("search", QUERIES)
def test_the_headline_numbers_are_those_of_the_tables(client, store, text, search):
    selection, rejected = read(search)
    assert not rejected
    head = trade.headline(store, selection)
    shown = {
        node["props"]["data-figure"]: words(node)
        for node in walk(draw(client, "/", search)["page"])
        if "data-figure" in node["props"]
    }
    if head is None:
        assert shown == {}
        return
    expected = {
        measure: text.money(figure.value, selection.currency) if figure.value == figure.value else "not known"
        for measure, figure in head.figures.items()
    }
    assert shown == expected


def test_the_default_headline_is_what_statistics_canada_published(client):
    """The sum of the twelve published months of 2025, reckoned without the code under test."""
    page = draw(client, "/")["page"]
    assert "C$62.4 billion in 2025" in words(tagged(page, "H1")[0])


def test_a_value_of_the_address_that_is_not_known_is_named_with_what_would_be(client):
    notices = words(draw(client, "/trade", "?partner=BRA&years=1700-1800&currency=CHF")["notices"])
    for part in ("BRA", "CAN", "MEX", "USA", "1700-1800", "1985-2026", "CHF", "CAD", "GBP", "MXN"):
        assert part in notices
    assert draw(client, "/trade", "?partner=USA&utm_source=mail")["notices"] is None


def test_a_misspelt_field_is_named_with_what_it_means_and_a_link_that_reads_it_so(client):
    drawn = draw(client, "/trade", "?contry=USA&partner=MEX&colour=blue")
    (line,) = [words(p) for p in tagged(drawn["notices"], "P")]
    assert line == "The address asks for “contry”, which is not a field of it. Did you mean country=USA?"
    meant, clean = (link["props"]["href"] for link in tagged(drawn["notices"], "Link"))
    assert (meant, clean) == ("?reporter=USA", "?")
    understood = draw(client, "/trade", "?Country=USA&amp;measure=growth")
    assert understood == draw(client, "/trade", "?country=USA&measure=growth")


def test_a_measure_and_a_base_year_written_by_hand_are_explained_and_the_usual_ones_shown(client):
    drawn = draw(client, "/trade", "?measure=foo&base=1900&currency=USD")
    lines = [words(p) for p in tagged(drawn["notices"], "P")]
    assert lines == [
        "The address asks for the measure “foo”, which is not known here. Accepted: value, growth, index, share, gdp, "
        "constant, compound or rolling. Shown instead: value.",
        "The address asks for the base year “1900”, which is not known here. Accepted: a year from 1985 to 2026. "
        "Shown instead: the usual choice.",
    ]
    (clean,) = tagged(drawn["notices"], "Link")
    assert clean["props"]["href"] == "?currency=USD"
    assert drawn["page"] == draw(client, "/trade", "?currency=USD")["page"]


REFUSED = {
    "product=77": "a section of the HS such as I, or a chapter of two digits such as 01",
    "flow=total": "export or import",
    "reported=me": "country, partner or both",
    "against=99": "a year from 1985 to 2026",
    "event=brexit": "usmca-in-force",
    "marks=some": "main, none, all",
    "around=<b>": "an id of the list of events such as us-border-duties-in-force",
    "detail=6": "section or chapter",
    "rate=900": "200",
}


@pytest.mark.parametrize("asked", REFUSED)
@pytest.mark.parametrize("path", ["/products", "/"])
def test_every_field_that_cannot_be_used_is_explained_on_every_page(client, path, asked):
    drawn = draw(client, path, f"?{asked}")
    (line,) = [words(p) for p in tagged(drawn["notices"], "P")]
    assert f"“{asked.partition('=')[2]}”" in line
    assert REFUSED[asked] in line
    assert drawn["page"] == draw(client, path)["page"]


def test_navigation_keeps_the_choice(client):
    links = tagged(draw(client, "/trade", "?partner=USA&currency=USD")["navigation"], "Link")
    assert [link["props"]["href"] for link in links] == [f"{path}?partner=USA&currency=USD" for path in NAVIGATION]
    assert [link["props"]["className"] for link in links].count("page-link current") == 1


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK), ("purple", LIGHT), (None, LIGHT)])
def test_charts_take_the_colours_of_the_theme(client, theme, palette):
    for graph in tagged(draw(client, "/trade", theme=theme)["page"], "Graph"):
        assert graph["props"]["figure"]["layout"]["font"]["color"] == palette.ink


def test_every_page_of_the_app_is_looked_at():
    assert sorted(PAGES) == sorted(pages.PAGES)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_belongs_to_one_destination_and_its_tabs_keep_the_choice(client, path):
    drawn = draw(client, path, "?partner=USA&currency=USD")
    home = next((home for home, tabs in TABS.items() if path in tabs), "/" if path == "/briefing" else path)
    (current,) = [it for it in tagged(drawn["navigation"], "Link") if "current" in it["props"]["className"]]
    assert current["props"]["href"].partition("?")[0] == home
    tabs = {it["props"]["href"]: it["props"]["className"] for it in tagged(drawn["tabs"], "Link")}
    assert list(tabs) == [f"{to}?partner=USA&currency=USD" for to in TABS.get(home, ())]
    assert [to.partition("?")[0] for to, names in tabs.items() if "current" in names] == ([path] if tabs else [])


def test_a_table_is_sent_only_when_it_is_open(client):
    closed, opened = (draw(client, "/trade", open_panels=t)["page"] for t in ((), ("trade:data",)))
    assert [len(tagged(page, "Table")) for page in (closed, opened)] == [0, 1]


@pytest.mark.parametrize("search", ["", "?partner=USA&years=2001-2010&freq=monthly&currency=USD", "?reporter=zz"])
def test_controls_follow_the_address(client, search):
    dependencies = client.get("/_dash-dependencies").json
    follow = next(d for d in dependencies if "filter-country.value" in d["output"])
    body = {
        "output": follow["output"],
        "outputs": [
            dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
            for part in follow["output"].strip(".").split("...")
        ],
        "inputs": [{"id": "url", "property": "search", "value": search}],
        "changedPropIds": ["url.search"],
    }
    answer = client.post(UPDATE, json=body).json["response"]
    chosen = read(search)[0]
    values = [chosen.reporter, chosen.partner, *chosen.years, chosen.freq, chosen.currency]
    assert [props["value"] for control, props in answer.items() if control != "applied"] == values
    assert answer["applied"]["data"] == values


def kind_of(written):
    """A plain id, or the type of one of many."""
    if isinstance(written, str) and written.startswith("{"):
        written = json.loads(written)
    return written["type"] if isinstance(written, dict) else written


@pytest.mark.slow
def test_every_id_of_a_callback_is_on_the_page(client):
    pages = [draw(client, path, search)["page"] for path in PAGES for search in ("", "?partner=USA")]
    present = {kind_of(node["props"].get("id")) for node in walk([client.get("/_dash-layout").json, *pages])}
    used = set()
    for callback in client.get("/_dash-dependencies").json:
        used |= {kind_of(one["id"]) for one in callback["inputs"] + callback["state"]}
        if "." in callback["output"]:
            used |= {kind_of(part.rsplit(".", 1)[0]) for part in callback["output"].strip(".").split("...")}
    assert len(used) > 10
    assert used - present == set()


@pytest.mark.slow
def test_no_id_is_used_twice_on_a_page(client):
    shell = client.get("/_dash-layout").json
    for path in PAGES:
        names = list(charts_of(draw(client, path, "?partner=USA")["page"]))
        opened = tuple(f"{name}:{panel}" for name in names for panel in ids.PANELS)
        page = draw(client, path, "?partner=USA", open_panels=opened)["page"]
        # Nothing opens on paper.
        assert len(tagged(page, "Dl")) >= (len(names) if path != "/briefing" else 0)
        found = [str(node["props"]["id"]) for node in walk([shell, page]) if node["props"].get("id")]
        assert sorted(found) == sorted(set(found)), path


MALFORMED = ["{", "{}", "[]", "null", '{"output": "x.y"}', '{"output": 1, "inputs": 2}', ""]


@pytest.mark.parametrize("body", MALFORMED)
def test_a_malformed_request_is_refused_and_the_next_one_is_answered(client, body):
    assert client.post(UPDATE, data=body, content_type="application/json").status_code >= 400
    assert client.get("/healthz").status_code == 200
    assert tagged(draw(client, "/trade")["page"], "Graph")


# ---- Making an app --------------------------------------------------------------------------------------------


def test_two_apps_in_one_process_keep_their_data_apart(store, text):
    observations = store.observations.assign(value_million=store.observations["value_million"] * 2)
    first, second = app.create_app(store, text), app.create_app(replace(store, observations=observations), text)
    amounts = []
    for one in (first, second, first):
        page = draw(one.server.test_client(), "/")["page"]
        amounts.append(next(words(n) for n in walk(page) if n["props"].get("data-figure") == "total"))
    assert amounts == ["C$62.4 billion", "C$124.7 billion", "C$62.4 billion"]


def run_python(code, parquet):
    environment = os.environ | {"BILATERAL_PARQUET": str(parquet), "PYTHONPATH": ""}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )


def test_importing_the_app_runs_nothing(tmp_path):
    done = run_python("import app, callbacks.pages, layouts.pages.overview; print('imported')", tmp_path / "parquet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "imported\n", "")
    assert list(tmp_path.iterdir()) == []


def test_the_server_object_is_made_on_first_use_and_builds_the_data(tmp_path):
    code = "import json, app; print(json.dumps([app.server.test_client().get(p).status_code for p in ('/', '/nope')]))"
    done = run_python(code, tmp_path / "parquet")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [200, 404]
    assert (tmp_path / "parquet" / "observations.parquet").exists()


def test_the_app_has_no_other_attribute_of_its_own():
    with pytest.raises(AttributeError):
        _ = app.nothing_of_this_name


# ---- Currencies other than that of record, and records that are not held --------------------------------------

CONVERTED = "Values are converted, so changes include exchange-rate movements."


def converted_lines(client, path, query):
    page = draw(client, path, query)["page"]
    return [words(n) for n in walk(page) if "converted" in str(n["props"].get("className", "")).split()]


@pytest.mark.parametrize("path", ["/", "/trade"])
def test_converted_values_bring_their_change_in_the_currency_of_record(client, path):
    """Sums of the months of 2025 and 2024 as Canada published them, both flows."""
    sums = {
        year: sum(
            float(row["value_million"])
            for row in read_rows("observations/canada_north_america.csv")
            if (row["frequency"], row["partner"], row["period"][:4]) == ("M", "USA", year)
        )
        for year in ("2024", "2025")
    }
    growth = Text().signed_percent((sums["2025"] / sums["2024"] - 1) * 100)
    (line,) = converted_lines(client, path, "?partner=USA&currency=USD")
    assert line == (
        f"{CONVERTED} In Canadian dollars, two-way trade of 2025 changed by {growth}. A year is converted at its own "
        "average rate and each month at its own; the months of a year add up to within 0.7% of it."
    )
    assert converted_lines(client, path, "?partner=USA") == []
    assert converted_lines(client, path, "?reporter=USA&partner=CAN") == []


def test_a_change_that_is_unknown_in_the_currency_of_record_is_not_stated(client):
    assert converted_lines(client, "/trade", "?reporter=MEX&currency=CAD") == [CONVERTED]


def test_the_currency_of_the_record_that_is_shown_is_what_counts(client):
    assert converted_lines(client, "/trade", "?partner=USA&reported=partner&currency=USD") == []
    (line,) = converted_lines(client, "/trade", "?partner=USA&reported=partner")
    assert "In US dollars, two-way trade of 2025" in line


def test_where_a_rate_is_missing_the_currency_of_record_is_the_first_way_out(client):
    page = draw(client, "/trade", "?reporter=USA&currency=MXN&years=1985-1995")["page"]
    (notice,) = [n for n in walk(page) if n["props"].get("className") == "notice"]
    first = tagged(notice, "Link")[0]
    assert words(first) == "Show US dollars"
    onward, rejected = read(first["props"]["href"])
    assert rejected == () and (onward.currency, onward.years) == ("USD", (1985, 1995))
    there = draw(client, "/trade", first["props"]["href"])["page"]
    assert [n for n in walk(there) if n["props"].get("className") == "notice"] == []


def test_two_records_that_are_not_held_are_missed_once(client):
    page = draw(client, "/mirror", "?years=1985-1990")["page"]
    assert charts_of(page) == {}
    assert len([n for n in walk(page) if n["props"].get("className") == "notice"]) == 1


def test_one_record_of_a_pair_is_enough_for_its_direction(client):
    page = draw(client, "/mirror", "?reporter=MEX&partner=USA&years=1985-1990&currency=USD")["page"]
    assert list(charts_of(page)) == ["mirror-exports", "mirror-imports"]
    assert [n for n in walk(page) if n["props"].get("className") == "notice"] == []
