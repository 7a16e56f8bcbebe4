"""The checks: what they compare on the real tables, against sums done by hand, and what they find in spoilt ones."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from data.paths import DATA, curated_dir
from data.pipeline import checks, report
from data.pipeline.build import assemble, build
from data.pipeline.checks import SOURCE_CHECKS, Check, outcome
from data.schema.checks import BOUNDS, KINDS, UNITS, VERDICTS
from layouts.sections.checks import checks_table
from layouts.view import View
from layouts.wording import catalogue
from layouts.wording.text import Text
from tests.choosing import choose
from tests.data.helpers import curated_copy, read_rows, real_store, replace_text, set_cell

MEXICO, SECTIONS = "observations/mexico.csv", "products/us_mexico_sections_import.csv"


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    return curated_copy(tmp_path)


@cache
def tables() -> dict[str, pd.DataFrame]:
    return assemble(curated_dir())


def checked(check_id: str, frame: pd.DataFrame | None = None):
    frame = real_store().checks if frame is None else frame
    return next(frame[frame["check_id"] == check_id].itertuples())


# What the real tables give.


@pytest.mark.parametrize(
    ("check_id", "verdict", "comparisons", "worst"),
    [
        ("months-years", "agrees", 316, None),
        # 19 years, two flows, 22 sections.
        ("chapters-sections", "agrees", 836, None),
        ("sitc-matrix", "agrees", 3, "MEX CAN export 2005"),
        ("worked-out", "agrees", 5, "MEX CAN export 2022"),
        ("claims", "agrees", 26, None),
        ("chapters-census", "agrees", 76, "USA CAN import 2007"),
        ("partners-us", "agrees", 48, "USA MEX import 2024"),
        # Seven partners with both flows and two with exports, in two years.
        ("partners-canada", "agrees", 32, "CAN CHN export 2025"),
        # 171.5 against 168.6 billion US dollars.
        ("balances-us", "agrees", 24, "USA MEX balance 2024"),
        ("napcs-imports", "agrees", 11, "CAN USA import 2023"),
        ("farm-products", "differs", 22, "CAN USA import 2024"),
        ("sitc-totals", "agrees", 8, "USA CAN export 1995"),
        ("sitc-canada", "agrees", 4, "CAN MEX export 2015"),
        ("inflation", "agrees", 39, "USA 2007"),
        ("exchange-rates", "agrees", 75, "MXN 2020"),
        ("exchanged-records", "differs", 29, "CAN USA export 2016"),
    ],
)
def test_outcome_on_the_real_tables(check_id, verdict, comparisons, worst):
    row = checked(check_id)
    assert (row.verdict, row.comparisons) == (verdict, comparisons)
    named = [row.reporter, row.partner, row.flow] if check_id != "exchange-rates" else [row.currency]
    if worst is None:
        assert pd.isna(row.period)
        assert pd.isna(row.left_value)
    else:
        assert " ".join([*(str(part) for part in named if pd.notna(part)), str(row.period.year)]) == worst


def test_every_check_is_expected_here():
    assert list(real_store().checks["check_id"]) == [one.check_id for one in SOURCE_CHECKS]
    assert len(SOURCE_CHECKS) == 16


def total(file: str, **labels: str) -> Decimal:
    """Sum of the values of the rows of a curated file that carry these labels."""
    rows = [row for row in read_rows(file) if all(row[name].startswith(value) for name, value in labels.items())]
    assert rows
    return sum((Decimal(row["value_million"]) for row in rows), Decimal())


def rate(currency: str, year: str) -> Decimal:
    rows = read_rows("exchange_rates.csv")
    found = [row for row in rows if (row["frequency"], row["currency"], row["period"][:4]) == ("A", currency, year)]
    return Decimal(found[0]["units_per_usd"])


US_FILE, CANADA_FILE = "observations/united_states.csv", "observations/canada_north_america.csv"


# Mirror data of the worst case, added up here from the curated files.
@pytest.mark.parametrize(
    ("check_id", "left", "right"),
    [
        (
            "chapters-census",
            total("products/us_canada_import.csv", period="2007"),
            total(US_FILE, period="2007", partner="CAN", flow="import"),
        ),
        (
            "partners-us",
            total("partner_totals.csv", reporter="USA", period="2024", partner="MEX", flow="import"),
            total(US_FILE, period="2024", partner="MEX", flow="import"),
        ),
        (
            "balances-us",
            total("partner_totals.csv", reporter="USA", period="2024", partner="MEX", flow="export")
            - total("partner_totals.csv", reporter="USA", period="2024", partner="MEX", flow="import"),
            total(US_FILE, period="2024", partner="MEX", flow="export")
            - total(US_FILE, period="2024", partner="MEX", flow="import"),
        ),
        (
            "napcs-imports",
            total("products/canada_us_napcs.csv", period="2023", flow="import"),
            total(CANADA_FILE, period="2023", partner="USA", flow="import"),
        ),
        (
            "farm-products",
            total("products/canada_agrifood.csv", period="2024", partner="USA", flow="import"),
            total("products/canada_us_napcs.csv", period="2024", flow="import", product_code="farm-fishing-food"),
        ),
        (
            "sitc-totals",
            total("products/north_america_sitc.csv", period="1995", reporter="USA", partner="CAN"),
            total(US_FILE, period="1995", partner="CAN", flow="export"),
        ),
        (
            "sitc-canada",
            total("products/north_america_sitc.csv", period="2015", reporter="CAN", partner="MEX"),
            total(CANADA_FILE, period="2015", partner="MEX", flow="export") / rate("CAD", "2015"),
        ),
        (
            "exchanged-records",
            total(CANADA_FILE, period="2016", partner="USA", flow="export") / rate("CAD", "2016"),
            total(US_FILE, period="2016", partner="CAN", flow="import"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_worst_case_is_between_sums_done_by_hand(check_id, left, right):
    row = checked(check_id)
    assert row.left_value == pytest.approx(float(left))
    assert row.right_value == pytest.approx(float(right))
    assert row.difference == pytest.approx(float(left - right))
    assert row.difference_pct == pytest.approx(float((left / right - 1) * 100))


# 313,110.9 and 317,056.8; 505,522.9 and 503,110; 15,478.952 and 15,306.066; 297,654 and 277,720.
@pytest.mark.parametrize(
    ("check_id", "percent"),
    [
        ("chapters-census", -1.24),
        ("partners-us", 0.48),
        ("partners-canada", -1.74),
        ("balances-us", 1.70),
        ("napcs-imports", -0.56),
        ("farm-products", 1.13),
        ("sitc-totals", -0.95),
        ("sitc-canada", -0.91),
        ("exchange-rates", -0.22),
        ("exchanged-records", 7.18),
    ],
)
def test_largest_difference_in_per_cent(check_id, percent):
    assert round(checked(check_id).difference_pct, 2) == percent


def test_farm_products_agree_to_2023_as_their_note_says():
    def by_year(file: str, **labels: str) -> list[Decimal]:
        return [total(file, period=str(year), **labels) for year in range(2014, 2024)]

    for farm, section in (("export", "domestic_export"), ("import", "import")):
        one = by_year("products/canada_agrifood.csv", partner="USA", flow=farm)
        other = by_year("products/canada_us_napcs.csv", flow=section, product_code="farm-fishing-food")
        assert all(abs(a / b - 1) < Decimal("0.0001") for a, b in zip(one, other, strict=True))


def test_growth_of_the_mean_price_index_is_the_published_rate():
    means: dict[str, list[Decimal]] = defaultdict(list)
    for row in read_rows("price_index.csv"):
        means[row["period"][:4]].append(Decimal(row["index_value"]))
    growth = (sum(means["2007"]) / sum(means["2006"]) - 1) * 100
    published = [r["rate_pct"] for r in read_rows("inflation.csv") if (r["country"], r["year"]) == ("USA", "2007")]
    row = checked("inflation")
    assert row.left_value == pytest.approx(float(growth))
    assert row.right_value == float(published[0])


def test_year_without_october_is_not_compared():
    pairs = next(one for one in SOURCE_CHECKS if one.check_id == "inflation").pairs(tables())
    assert pairs["period"].dt.year.max() == 2024
    assert pairs["period"].dt.year.min() == 1986


def test_mean_of_the_months_of_a_peso_year():
    months = [
        Decimal(row["units_per_usd"])
        for row in read_rows("exchange_rates.csv")
        if (row["frequency"], row["currency"], row["period"][:4]) == ("M", "MXN", "2020")
    ]
    assert len(months) == 12
    row = checked("exchange-rates")
    assert row.left_value == pytest.approx(float(sum(months) / 12))
    assert row.right_value == float(rate("MXN", "2020"))


# The rules.


def a_check(kind: str = "consistency", tolerance: float = 1.0, bound: str = "percent") -> Check:
    return Check("one", kind, "this against that", "a reason", tolerance, bound, lambda _tables: pd.DataFrame())


def pairs(*values: tuple[float, float]) -> pd.DataFrame:
    years = pd.to_datetime([f"{2000 + place}-01-01" for place in range(len(values))])
    return pd.DataFrame(values, columns=["left", "right"]).assign(period=years, reporter="CAN")


@pytest.mark.parametrize(
    ("kind", "bound", "values", "verdict"),
    [
        ("consistency", "percent", [(101, 100), (100, 100)], "agrees"),
        ("consistency", "percent", [(101.01, 100)], "differs"),
        ("consistency", "percent", [(98.99, 100)], "differs"),
        ("exchanged", "percent", [(200, 100)], "differs"),
        ("consistency", "points", [(3, 2)], "agrees"),
        ("consistency", "points", [(3.1, 2)], "differs"),
        ("sums", "rounding", [(3, 2)], "agrees"),
        ("sums", "rounding", [(3.1, 2)], "error"),
        ("article", "rounding", [(3.1, 2)], "error"),
    ],
)
def test_verdict_depends_on_the_tolerance_and_on_what_may_differ(kind, bound, values, verdict):
    assert outcome(a_check(kind, bound=bound), pairs(*values))["verdict"] == verdict


def test_worst_case_is_the_largest_difference_of_the_kind_that_is_bounded():
    in_percent = outcome(a_check(), pairs((1.005, 1), (1001, 1000)))
    assert (in_percent["period"].year, in_percent["difference"]) == (2000, pytest.approx(0.005))
    in_units = outcome(a_check(bound="rounding"), pairs((1.005, 1), (1001, 1000)))
    assert (in_units["period"].year, in_units["difference_pct"]) == (2001, pytest.approx(0.1))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lone", [(float("nan"), 100), (100, float("nan"))], ids=["left", "right"])
def test_value_without_its_other_side_is_an_error_and_named(kind, lone):
    row = outcome(a_check(kind), pairs((100, 100), lone))
    assert (row["verdict"], row["period"].year) == ("error", 2001)


@pytest.mark.parametrize("kind", KINDS)
def test_check_that_compares_nothing_is_an_error(kind):
    assert outcome(a_check(kind), pairs())["verdict"] == "error"


def test_equal_sides_have_no_worst_case():
    row = outcome(a_check(), pairs((1, 1), (2, 2)))
    assert row["verdict"] == "agrees"
    assert "period" not in row or row["period"] is None


def test_checks_are_declared_with_known_codes_and_words():
    assert len({one.check_id for one in SOURCE_CHECKS}) == len(SOURCE_CHECKS)
    for one in SOURCE_CHECKS:
        assert one.kind in KINDS
        assert one.bound in BOUNDS
        assert one.unit in UNITS
        assert one.compares
        assert one.note


def test_table_of_checks_holds_known_codes_only():
    frame = real_store().checks
    assert set(frame["verdict"]) <= set(VERDICTS) - {"error"}
    assert (frame["comparisons"] > 0).all()
    assert frame.columns.to_list() == checks.TABLE.columns


def test_records_of_two_countries_are_set_against_each_other_only_where_they_are_exchanged():
    assert [one.check_id for one in SOURCE_CHECKS if one.kind == "exchanged"] == ["exchanged-records"]


# Spoilt tables. Each spoils one value, and only its own check may notice.


def noticed(name: str, change) -> dict[str, str]:
    """Checks whose verdict changes when one table does."""
    spoilt = tables() | {name: change(tables()[name].copy())}
    before, after = real_store().checks, checks.run(spoilt)
    both = zip(before["check_id"], before["verdict"], after["verdict"], strict=True)
    return {check_id: now for check_id, then, now in both if now != then}


def add_to(column: str, amount: float, **labels: object):
    """A change of the first row with these labels."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        chosen = pd.Series(True, frame.index)
        for name, value in labels.items():
            chosen &= frame[name] == value
        frame.loc[chosen.idxmax(), column] += amount
        assert chosen.any()
        return frame

    return change


YEAR = pd.Timestamp("2019-01-01")


@pytest.mark.parametrize(
    ("table", "change", "expected"),
    [
        (
            "observations",
            add_to("value_million", 0.1, frequency="M", reporter="CAN", partner="USA", period=YEAR),
            {"months-years": "error"},
        ),
        (
            "observations",
            add_to("value_million", 0.1, frequency="A", reporter="CAN", partner="USA", period=YEAR),
            {"months-years": "error"},
        ),
        (
            "products",
            add_to("value_million", 0.01, product_scheme="HS_SECTION", product_code="V"),
            {"chapters-sections": "error"},
        ),
        (
            "products",
            add_to("value_million", 0.01, product_scheme="HS2", partner="MEX", product_code="27"),
            {"chapters-sections": "error"},
        ),
        (
            "products",
            add_to("value_million", 0.01, product_scheme="SITC1", reporter="MEX", partner="CAN"),
            {"sitc-matrix": "error"},
        ),
        ("observations", add_to("value_million", 1, derivation="worked_out"), {"worked-out": "error"}),
        (
            "products",
            add_to("value_million", 9000, product_scheme="HS2", partner="CAN", product_code="27", period=YEAR),
            {"chapters-census": "differs"},
        ),
        (
            "partner_totals",
            add_to("value_million", 9000, reporter="USA", partner="MEX", period=YEAR),
            {"partners-us": "differs", "balances-us": "differs"},
        ),
        (
            "products",
            add_to("value_million", 9000, product_code="energy", flow="import", period=YEAR),
            {"napcs-imports": "differs"},
        ),
        (
            "products",
            add_to("value_million", 9000, product_scheme="SITC1", reporter="USA"),
            {"sitc-totals": "differs"},
        ),
        (
            "products",
            add_to("value_million", 9000, product_scheme="SITC1", reporter="CAN", period=pd.Timestamp("2005-01-01")),
            {"sitc-canada": "differs"},
        ),
        ("inflation", add_to("rate_pct", 0.1, country="USA", year=2000), {"inflation": "differs"}),
        ("price_index", add_to("index_value", 3, period=YEAR), {"inflation": "differs"}),
        (
            "exchange_rates",
            add_to("units_per_usd", 1, currency="MXN", frequency="M", period=YEAR),
            {"exchange-rates": "differs"},
        ),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_spoilt_value_is_noticed_by_its_check_and_no_other(table, change, expected):
    assert noticed(table, change) == expected


def test_year_without_its_months_and_months_without_their_year_are_noticed():
    def without(frequency: str):
        def change(frame: pd.DataFrame) -> pd.DataFrame:
            gone = (frame["frequency"] == frequency) & (frame["reporter"] == "CAN") & (frame["partner"] == "MEX")
            return frame[~(gone & (frame["period"] == YEAR) & (frame["flow"] == "export"))]

        return change

    assert noticed("observations", without("A")) == {"months-years": "error"}
    assert noticed("observations", without("M")) == {"months-years": "error"}


def test_wrong_verdict_on_the_article_is_noticed():
    def change(claims: pd.DataFrame) -> pd.DataFrame:
        claims.loc[claims["claim_id"] == "trade-2024-usd", "verdict"] = "close"
        return claims

    assert noticed("claims", change) == {"claims": "error"}


# The build and the command.


def test_build_refuses_tables_that_contradict_themselves_and_writes_nothing(curated, tmp_path):
    set_cell(curated, SECTIONS, "value_million", "62.1")
    with pytest.raises(ValueError, match="check chapters-sections: HS chapters of a section against twelve months"):
        build(curated, tmp_path / "target")
    assert not (tmp_path / "target").exists()


def test_value_that_its_computation_does_not_give_is_refused(curated, tmp_path):
    replace_text(curated, MEXICO, "14319 / 1.017", "14319 / 1.071")
    with pytest.raises(ValueError, match=r"check worked-out: .* MEX CAN export .* 2018-01-01: 14080 against 13369"):
        build(curated, tmp_path / "target")


@pytest.mark.parametrize("words", ["14319 x 1.017", "as printed", ""], ids=str)
def test_computation_that_cannot_be_done_again_is_refused(curated, tmp_path, words):
    replace_text(curated, MEXICO, "14319 / 1.017", words)
    if words:
        with pytest.raises(ValueError, match="check worked-out"):
            build(curated, tmp_path / "target")
    else:
        # Without a computation the value counts as published.
        assert checked("worked-out", build(curated, tmp_path / "target")["checks"]).comparisons == 4


def test_honest_disagreement_stops_nothing(curated, tmp_path, capsys):
    replace_text(curated, "inflation.csv", "USA,2007,", "USA,2007,1")
    built = build(curated, tmp_path / "target")["checks"]
    assert checked("inflation", built).verdict == "differs"
    assert (tmp_path / "target" / "checks.parquet").exists()
    assert report.main(curated) == 0
    assert "≠ differs inflation" in capsys.readouterr().out


def test_command_shows_contradictions_and_fails(curated, capsys):
    set_cell(curated, SECTIONS, "value_million", "62.1")
    assert report.main(curated) == 1
    out = capsys.readouterr().out
    assert "! error   chapters-sections" in out
    assert "agrees  months-years" in out


def test_command_names_what_cannot_be_read(curated, capsys):
    set_cell(curated, "gdp.csv", "country", "GUA")
    assert report.main(curated) == 1
    assert "gdp.csv, line 2, column country" in capsys.readouterr().err


@pytest.mark.slow
def test_command_prints_a_line_a_check_and_succeeds():
    done = subprocess.run(
        [sys.executable, "-m", "data.pipeline.report"],
        cwd=DATA.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    written = done.stdout.splitlines()
    assert len(written) == len(SOURCE_CHECKS) + 1
    assert all(one.check_id in line for one, line in zip(SOURCE_CHECKS, written[1:], strict=True))
    assert "USA CAN import USD 2007-01-01: 313111 against 317057 (-1.2445 %)" in done.stdout


# What readers see.


def words_of(node) -> str:
    """All words of a component, in order."""
    if isinstance(node, list | tuple):
        return " ".join(filter(None, map(words_of, node)))
    if hasattr(node, "children"):
        return words_of(node.children)
    return "" if node is None else str(node)


@cache
def rows_shown() -> dict[str, list[str]]:
    """Cells of the table of checks by the id of the check."""
    shown = checks_table(View(Text(), choose()), real_store())
    body = shown.children.children[2]
    cells = [[words_of(cell) for cell in row.children] for row in body.children]
    return dict(zip(real_store().checks["check_id"], cells, strict=True))


@pytest.mark.parametrize(
    ("check_id", "pairs_shown", "largest", "tolerance", "verdict"),
    [
        ("months-years", "316", "None", "Rounding only", "Agrees"),
        ("claims", "26", "None", "None", "Agrees"),
        (
            "worked-out",
            "5",
            "US$0.42 million Mexico’s exports to Canada, 2022: US$15,580.00 million against US$15,579.58 million",
            "Rounding only",
            "Agrees",
        ),
        (
            "chapters-census",
            "76",
            "−1.24% US imports from Canada, 2007: US$313.1 billion against US$317.1 billion",
            "1.5%",
            "Agrees",
        ),
        (
            "farm-products",
            "22",
            "+1.13% Canada’s imports from the United States, 2024: C$15.5 billion against C$15.3 billion",
            "0.05%",
            "Differs",
        ),
        (
            "inflation",
            "39",
            "Under 0.01 percentage points United States, 2007: 2.85% against 2.85%",
            "0.05 percentage points",
            "Agrees",
        ),
        (
            "exchange-rates",
            "75",
            "−0.22% Mexican pesos per US dollar, 2020: 21.4995 against 21.5462",
            "0.25%",
            "Agrees",
        ),
    ],
)
def test_reader_sees_the_size_and_place_of_the_largest_difference(check_id, pairs_shown, largest, tolerance, verdict):
    assert rows_shown()[check_id][1:4] == [pairs_shown, largest, tolerance]
    assert rows_shown()[check_id][4].split("\u00a0 ")[1] == verdict


def test_verdict_is_said_by_a_sign_and_a_word():
    signs = {cells[4].split("\u00a0 ")[1]: cells[4].split("\u00a0 ")[0] for cells in rows_shown().values()}
    assert signs == {"Agrees": "✓", "Differs": "≠"}


def test_two_sources_of_one_record_are_called_a_consistency_check():
    for one in SOURCE_CHECKS:
        assert ("Consistency check" in rows_shown()[one.check_id][0]) == (one.kind == "consistency")
        assert "mirror" not in rows_shown()[one.check_id][0].lower()


def test_contradiction_and_worst_case_of_a_product_can_be_shown():
    spoilt = add_to("value_million", 0.5, product_scheme="HS_SECTION", product_code="V")(tables()["products"].copy())
    found = checks.run(tables() | {"products": spoilt})
    shown = words_of(checks_table(View(Text(), choose()), replace(real_store(), checks=found)))
    assert "✕\u00a0 Contradiction" in shown
    assert "US exports to Mexico, Mineral products, 2007" in shown
    emptied = checks.run(tables() | {"products": spoilt.iloc[:0]})
    assert "No counterpart to compare with" in words_of(
        checks_table(View(Text(), choose()), replace(real_store(), checks=emptied))
    )


def test_words_of_the_checks_are_in_the_template_for_translators():
    template = catalogue.template().replace('"\n"', "")
    for one in SOURCE_CHECKS:
        assert f'msgid "{one.compares}"' in template
        assert f'msgid "{one.note}"' in template
