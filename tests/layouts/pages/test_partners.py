"""The Partners page and the charts of other classifications: what they draw, what they say, and how they fit."""

from __future__ import annotations

import itertools
import json
import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from data.queries import partners
from data.queries.trade import headline
from layouts.charts.registry import chart_of, charts_of_page
from layouts.components.chart import Chart
from layouts.figures.multiples import Panel, Strip, strips_figure
from layouts.figures.ranking import Bar, Heading, Part, Track, bars_figure, ranks_figure
from layouts.pages import partners as page
from layouts.sections.headline import headline_numbers
from layouts.theme import DARK, LIGHT
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text
from tests.choosing import choose, coverage, read
from tests.data.helpers import real_store

_ = Text()
GAP = float("nan")
PAIRS = list(itertools.permutations(("CAN", "MEX", "USA"), 2))


def view(country="CAN", partner="MEX", palette=LIGHT, **more) -> View:
    chosen = {"currency": coverage().currency_of_record[country], **more}
    return View(_, choose(reporter=country, partner=partner, **chosen), palette)


def words(component) -> str:
    """All text of a page, without what is drawn."""
    if isinstance(component, str):
        return component
    if isinstance(component, list | tuple):
        return " ".join(words(part) for part in component)
    children = getattr(component, "children", None)
    return words(children) if children is not None else ""


def links(component) -> list[str]:
    if isinstance(component, list | tuple):
        return [link for part in component for link in links(part)]
    own = [component.href] if getattr(component, "href", None) else []
    return own + (links(component.children) if getattr(component, "children", None) else [])


def texts(figure: go.Figure) -> list[str]:
    return [re.sub("<[^>]+>", "", a.text) for a in figure.layout.annotations]


# Bars.


def bars(values, names=None):
    return [
        Bar(name, [Part(value, LIGHT.neutral, f"{name}: {value}")], [f"{value}"], LIGHT.ink)
        for name, value in zip(names or [f"row {place}" for place in range(len(values))], values, strict=True)
    ]


def test_bars_start_at_zero_and_the_first_is_on_top():
    figure = bars_figure(_, LIGHT, bars([30.0, 20.0, 5.0]), [Heading("Value", 60)])
    assert figure.layout.xaxis.range == (0, 30)
    assert list(figure.data[0].x) == [30, 20, 5]
    assert list(figure.data[0].y) == sorted(figure.data[0].y, reverse=True)
    assert figure.layout.barmode == "stack"


def test_unknown_part_draws_nothing_but_its_row_stays():
    rows = bars([30.0, GAP], ["known", "unknown"])
    figure = bars_figure(_, LIGHT, rows, [Heading("Value", 60)])
    assert list(figure.data[0].x) == [30]
    assert {"known", "unknown"} <= set(texts(figure))


def test_numbers_stand_in_their_columns_right_of_the_plot():
    row = Bar("row", [Part(1.0, LIGHT.neutral, "")], ["a", "b", "c"], LIGHT.ink)
    figure = bars_figure(_, LIGHT, [row], [Heading("A", 50), Heading("B", 40), Heading("C", 60)])
    shifts = {a.text: a.xshift for a in figure.layout.annotations if a.text in "abcABC"}
    assert shifts == {"a": 50, "b": 90, "c": 150, "A": 50, "B": 90, "C": 150}
    assert figure.layout.margin.r == 150


def test_small_lines_break_at_gaps_and_between_rows():
    rows = [
        Bar(name, [Part(1.0, LIGHT.neutral, "")], [], LIGHT.ink, trend=[1.0, GAP, 2.0]) for name in ("first", "second")
    ]
    figure = bars_figure(_, LIGHT, rows, [], trend="2014–2016")
    line = figure.data[1]
    assert [y is None for y in line.y] == [False, True, False, True] * 2
    assert len(figure.data) == 3


# Ranks.


def test_rank_one_is_on_top_and_a_missing_rank_is_a_gap():
    ranks = pd.DataFrame({"A": [1.0, 2.0], "B": [2.0, GAP]}, index=[2013, 2014])
    figure = ranks_figure(_, LIGHT, ranks, [Track("A", "A-land", LIGHT.ink)], 5)
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]
    assert list(figure.data[0].y) == [1, 2]
    gap = ranks_figure(_, LIGHT, ranks.iloc[:, ::-1], [Track("B", "B-land", LIGHT.ink)], 5)
    assert list(gap.data[0].y) == [2, None]


def test_ends_of_equal_ranks_do_not_collide():
    ranks = pd.DataFrame({"A": [1.0, 2.0], "B": [2.0, 2.0]}, index=[2013, 2014])
    tracks = [Track("A", "A-land", LIGHT.ink), Track("B", "B-land", LIGHT.ink)]
    figure = ranks_figure(_, LIGHT, ranks, tracks, 5)
    places = sorted(a.y for a in figure.layout.annotations)
    assert min(b - a for a, b in itertools.pairwise(places)) >= 0.71


# Panels.


def test_strips_have_common_ends_and_write_their_numbers():
    strip = Strip("1995", [(40.0, LIGHT.red, "a"), (50.0, LIGHT.hairline, "b"), (10.0, LIGHT.muted, "c")])
    figure = strips_figure(_, LIGHT, [Panel("One", LIGHT.ink, [strip, strip])], "Machinery", "Fuels")
    assert figure.layout.xaxis.range == (0, 100)
    assert [sum(values) for values in zip(*(trace.x for trace in figure.data), strict=True)] == [100, 100]
    assert texts(figure).count("40%") == texts(figure).count("10%") == 2


# The page.


OTHERS = ("napcs", "agrifood", "baci", "sitc")


def others(shown: View) -> list[Chart]:
    """Charts of the other classifications that the pair has."""
    return [made for name, made in charts_of_page(shown, real_store(), "/products").items() if name in OTHERS]


def charts_of(shown: View) -> list[Chart]:
    made = [it for name in ("partners", "partner-ranks") if (it := chart_of(shown, real_store(), name))]
    return [*made, *others(shown)]


def history(country="USA", partner="MEX") -> Chart:
    return chart_of(view(country, partner), real_store(), "partner-ranks")


def test_ranking_of_the_united_states_highlights_the_partner_of_the_pair():
    made = chart_of(view("USA"), real_store(), "partners")
    exports, imports = made.figure.data
    assert exports.marker.color[0] == LIGHT.green
    assert imports.marker.color[0] == LIGHT.green_tint
    assert set(exports.marker.color[1:]) == {LIGHT.neutral}
    assert "1 Mexico" in texts(made.figure)
    assert "▲ 8" in texts(made.figure)
    assert len(made.columns()[0].cells) == 46
    assert "2024" in made.subtitle
    assert made.file_name == "partners_usa-mex_2024_annual_usd"


def test_every_rank_says_by_what_and_among_how_many_partners_it_holds():
    said = words(page.page(view(), real_store()))
    assert (
        "Mexico ranks 3 of 222 partners in 2025 by exports plus imports, with C$62.3 billion: 4.0% of Canada’s "
        "goods trade. By exports alone it ranks 7, by imports 3." in said
    )
    assert "a rank is a place among all 222" in said
    american = words(page.page(view("USA"), real_store()))
    assert (
        "Mexico ranks 1 of 46 partners in 2024 by exports plus imports, with US$839.6 billion: 15.8% of US "
        "goods trade. By exports alone it ranks 2, by imports 1." in american
    )
    assert "every country that was among the 40 largest" in american


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2024, "Other ranks have been published for 2024: 5 by Conference Board of Canada (measure not said)."),
        (2025, "Other ranks have been published for 2025: 4 by Secretaría de Economía, quoted by Crónica"),
    ],
)
def test_published_ranks_that_differ_stand_beside_ours(year, said):
    assert said in words(page.page(view(years=(1997, year)), real_store()))


@pytest.mark.parametrize(("year", "sign"), [(2025, "62.3ᵖ"), (2024, "56.1")])
def test_first_release_of_the_partners_of_canada_carries_the_sign(year, sign):
    made = chart_of(view(years=(1997, year)), real_store(), "partners")
    assert made is not None
    assert sign in texts(made.figure)


def test_page_says_when_another_year_is_shown():
    assert "2024 is shown instead of 2025" in words(page.page(view("USA"), real_store()))
    assert "shown instead" not in words(page.page(view(years=(2000, 2024)), real_store()))
    assert "2013 is shown instead of 1999" in words(page.page(view("USA", years=(1990, 1999)), real_store()))


def test_canadas_partners_stand_at_their_places_out_of_all():
    made = charts_of(view())[0]
    names = [text for text in texts(made.figure) if text[0].isdigit() and " " in text]
    assert names == [
        *("1 United States", "2 China", "3 Mexico", "4 United Kingdom", "5 Japan", "6 Germany", "7 South Korea"),
        *(
            "8 Vietnam",
            "9 Italy",
            "10 France",
            "11 Brazil",
            "12 Netherlands",
            "13 India",
            "14 Switzerland",
            "15 Taiwan",
        ),
    ]
    assert ".." not in texts(made.figure)
    columns = {column.header: column.cells for column in made.columns()}
    assert len(columns["Rank"]) == 222
    # The newest year is a first release.
    assert columns["Rank"][3] == "4ᵖ"
    assert (columns["Rank by exports"][2], columns["Rank by imports"][2]) == ("7ᵖ", "3ᵖ")


def test_every_partner_of_the_list_has_a_name():
    made = charts_of(view())[0]
    names = next(column.cells for column in made.columns() if column.header == "Partner")
    assert len(set(names)) == 222
    assert all(name and not name.isupper() for name in names)


def test_overview_gives_the_place_out_of_all():
    shown = view()
    card = words(headline_numbers(shown, real_store(), headline(real_store(), shown.selection)))
    assert "No. 3 of 222 partners" in card
    assert "on record" not in card


@pytest.mark.parametrize("partner", ["CAN", "USA"])
def test_mexico_explains_itself_and_leads_to_the_other_two(partner):
    shown = page.page(view("MEX", partner), real_store())
    said = words(shown)
    assert "No data on all partners of Mexico" in said
    assert "cannot be checked against our data" in said
    assert "Rank in our figures" not in said
    queries = [read(link[link.index("?") :]) for link in links(shown) if link.startswith("?")]
    assert [(chosen.reporter, chosen.partner, chosen.currency) for chosen, _rejected in queries] == [
        ("CAN", "MEX", "CAD"),
        ("USA", "MEX", "USD"),
    ]
    assert all(not rejected for _chosen, rejected in queries)


def test_contradicting_ranks_stand_beside_each_other():
    said = words(page.page(view(), real_store()))
    assert said.count("≠ other statements") == 3
    assert "cannot be checked" in said
    assert "6 United Kingdom" in said


def test_ranks_over_the_years_name_the_three_largest_in_their_colours():
    figure = history().figure
    strong = {trace.name: trace.line.color for trace in figure.data if trace.line.width == 3}
    assert strong == {"China": LIGHT.ink, "Canada": LIGHT.red, "Mexico": LIGHT.green}
    assert any("Vietnam was at rank 27 in 2013" in remark for remark in history().remarks)


# Which charts a pair has.


@pytest.mark.parametrize(("country", "partner"), PAIRS)
def test_each_pair_has_the_classifications_that_hold_it(country, partner):
    names = {made.name for made in others(view(country, partner))}
    expected = {"sitc"}
    expected |= {"agrifood"} if "CAN" in (country, partner) else set()
    expected |= {"napcs"} if {country, partner} == {"CAN", "USA"} else set()
    expected |= {"baci"} if {country, partner} == {"CAN", "MEX"} else set()
    assert names == expected


def test_same_country_has_no_chart():
    assert others(view("CAN", "CAN")) == []
    assert "is chosen twice" in words(page.page(view("CAN", "CAN"), real_store()))


def one(name, **more) -> Chart:
    made = chart_of(view(**more), real_store(), name)
    assert made is not None
    return made


def test_domestic_exports_are_called_so_and_imports_are_not():
    made = one("napcs", country="CAN", partner="USA")
    assert made.title.startswith("Canada’s domestic exports to the United States")
    assert "without re-exports" in made.subtitle
    assert any("smaller than the total exports" in remark for remark in made.remarks)
    imports = one("napcs", country="CAN", partner="USA", flow="import")
    assert imports.title.startswith("Canada’s imports from the United States")
    assert not any("smaller" in remark for remark in imports.remarks)
    assert "2024 is shown instead of 2025" in " ".join(made.remarks)


def test_reconciled_figures_are_called_so():
    made = one("baci")
    assert "reconciled" in made.title
    assert "not Canada’s customs record" in made.subtitle
    assert "not Canada’s customs figures" in made.metadata.line
    assert any("35 per cent" in remark for remark in made.remarks)
    assert len(made.figure.data[0].x) == 10


def test_the_chosen_pair_comes_first_in_its_exporters_colours():
    made = one("sitc", country="MEX", partner="USA")
    titles = [text for text in texts(made.figure) if " to " in text]
    assert titles[:2] == ["Mexico to the United States", "The United States to Mexico"]
    assert len(titles) == 6
    first = made.figure.data[0].marker.color
    assert list(first) == [LIGHT.green] * 3 + [LIGHT.blue] * 3 + [LIGHT.neutral] * 12
    assert len(made.columns()[0].cells) == 180


# Every chart.


@pytest.mark.parametrize(("country", "partner"), PAIRS)
@pytest.mark.parametrize("more", [{}, {"currency": "MXN"}, {"years": (1990, 1995)}, {"freq": "monthly"}], ids=str)
def test_every_chart_says_what_it_shows(country, partner, more):
    for made in charts_of(view(country, partner, **more)):
        assert made.summary
        assert made.source.ids
        assert made.metadata.line
        assert made.metadata.rows()
        columns = made.columns()
        on_page = [column for column in columns if getattr(column, "on_page", True)]
        assert len({len(column.cells) for column in on_page}) == 1
        drawn = json.dumps(made.figure.to_dict(), default=list)
        assert "NaN" not in drawn
        for text in [*texts(made.figure), *_hovers(made.figure)]:
            assert text.count("$") < 2, text
        assert re.fullmatch(r"[a-z0-9_-]+", made.file_name)


def _hovers(figure: go.Figure) -> list[str]:
    return [text for trace in figure.data for text in (trace.hovertext or ())]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_is_one_of_the_palette(palette):
    known = {colour.upper() for colour in palette.__dict__.values()}
    for country, partner in PAIRS:
        for made in charts_of(view(country, partner, palette)):
            figure = made.figure.to_dict()
            # Beside what is drawn, the words for its picture say which colours stand for which in the other theme.
            figure["layout"].pop("meta", None)
            used = set(re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(figure, default=list)))
            assert {colour.upper() for colour in used} <= known, made.name


def test_every_partner_has_a_name():
    store = real_store()
    codes = set(store.partner_totals["partner"]) | set(store.rank_statements["partner"])
    codes |= set(store.observations["partner"])
    assert all(countries.name(_, code) for code in codes - {partners.WORLD})


def test_names_of_partners_fit_beside_the_ranks_on_a_phone():
    """Names at the ends of the lines have 130 pixels, of which a letter takes seven and a half."""
    drawn = [text for text in texts(history().figure) if text[0].isdigit()]
    assert max(len(text) for text in drawn) * 7.5 < 130
