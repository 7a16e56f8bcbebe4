"""What should be nearly equal because two sources record the same: pairs of values for :mod:`data.pipeline.checks`.

Each function gives one row a comparison where both sources speak, with ``left``, ``right`` and columns that say where.
"""

from __future__ import annotations

import pandas as pd

from data.pipeline.checks_sums import FLOW, Tables, side_by_side, sitc_totals, year_of
from data.pipeline.derive import PUBLISHED

KEY = ["period", *FLOW, "currency"]


def chapters_and_totals(tables: Tables) -> pd.DataFrame:
    """Sums of the HS chapters against the Census totals."""
    rows = tables["products"]
    chapters = rows[(rows["product_scheme"] == "HS2") & (rows["frequency"] == "A")]
    return _against_years(tables, chapters.groupby(KEY)["value_million"].sum())


def us_partners_and_totals(tables: Tables) -> pd.DataFrame:
    """Totals of the list of partners of the United States against the totals shown elsewhere."""
    return _partners_and_totals(tables, "USA")


def canadas_partners_and_totals(tables: Tables) -> pd.DataFrame:
    """Totals of the list of partners of Canada against the totals shown elsewhere."""
    return _partners_and_totals(tables, "CAN")


def _partners_and_totals(tables: Tables, reporter: str) -> pd.DataFrame:
    rows = tables["partner_totals"]
    rows = rows[(rows["frequency"] == "A") & (rows["reporter"] == reporter)]
    return _against_years(tables, rows.set_index(KEY)["value_million"])


def balances_by_release(tables: Tables) -> pd.DataFrame:
    """US exports less imports by the list of partners against those of the totals shown elsewhere."""
    pairs = us_partners_and_totals(tables)
    where = [name for name in pairs.columns if name not in ("flow", "left", "right")]
    flows = pairs.pivot(index=where, columns="flow", values=["left", "right"])
    balance = {side: flows[side]["export"] - flows[side]["import"] for side in ("left", "right")}
    return pd.DataFrame(balance).reset_index().assign(flow="balance")


def napcs_and_totals(tables: Tables) -> pd.DataFrame:
    """Sums of the NAPCS sections of Canada’s imports from the United States against the total."""
    rows = _napcs(tables)
    rows = rows[(rows["flow"] == "import") & (rows["product_code"] != "agrifood")]
    return _against_years(tables, rows.groupby(KEY)["value_million"].sum())


def farm_products(tables: Tables) -> pd.DataFrame:
    """Farm products of the table by partner against the section of that name in the table by section.

    The exports of the first are domestic exports by their values, though not by their name.
    """
    rows = _napcs(tables)
    rows = rows.assign(flow=rows["flow"].replace("domestic_export", "export"))
    left, right = (
        rows[rows["product_code"] == code].set_index(KEY)["value_million"] for code in ("agrifood", "farm-fishing-food")
    )
    return side_by_side(left, right, overlap=True).assign(frequency="A")


def _napcs(tables: Tables) -> pd.DataFrame:
    rows = tables["products"]
    return rows[(rows["product_scheme"] == "NAPCS") & (rows["partner"] == "USA") & (rows["frequency"] == "A")]


def sitc_and_own_totals(tables: Tables) -> pd.DataFrame:
    """Sums of the SITC sections against the exporter’s own totals in US dollars."""
    pairs = _against_years(tables, sitc_totals(tables), leave_out="unctad-matrix")
    return pairs[pairs["reporter"] != "CAN"]


def sitc_and_canada(tables: Tables) -> pd.DataFrame:
    """Sums of the SITC sections of Canada’s exports against Canada’s totals at the annual average rate."""
    sums = sitc_totals(tables)
    return side_by_side(sums, _in_us_dollars(tables, "CAN", "export"), overlap=True).assign(frequency="A")


def exchanged_records(tables: Tables) -> pd.DataFrame:
    """Canada’s exports to the United States at the annual average rate against US imports from Canada."""
    canada = _in_us_dollars(tables, "CAN", "export").xs("USA", level="partner").droplevel(["reporter", "flow"])
    years = _years(tables)
    us = years[(years["reporter"] == "USA") & (years["partner"] == "CAN") & (years["flow"] == "import")]
    pairs = side_by_side(canada, us.set_index(["period", "currency"])["value_million"], overlap=True)
    return pairs.assign(frequency="A", reporter="CAN", partner="USA", flow="export")


def index_and_rates(tables: Tables) -> pd.DataFrame:
    """Growth of the twelve-month mean of a price index against the published annual rate, per cent."""
    rows = tables["price_index"]
    key = [rows["country"].rename("reporter"), year_of(rows["period"]).rename("period")]
    means = rows.groupby(key)["index_value"].agg(["mean", "count"])
    means = means["mean"].where(means["count"] == 12)
    growth = (means / means.groupby("reporter").shift(1) - 1) * 100
    rates = tables["inflation"]
    years = pd.to_datetime(rows_year(rates["year"])).astype("datetime64[us]")
    right = rates.assign(period=years, reporter=rates["country"]).set_index(["reporter", "period"])["rate_pct"]
    return side_by_side(growth.dropna(), right, overlap=True).assign(frequency="A")


def rows_year(years: pd.Series) -> pd.Series:
    """First day of each year as text."""
    return years.astype("str") + "-01-01"


def months_and_published_rates(tables: Tables) -> pd.DataFrame:
    """Means of twelve monthly exchange rates against the published average of the year, units per US$."""
    rows = tables["exchange_rates"]
    months = rows[rows["frequency"] == "M"]
    months = months.assign(period=year_of(months["period"]))
    means = months.groupby(["currency", "period"])["units_per_usd"].agg(["mean", "count"])
    published = rows[(rows["frequency"] == "A") & (rows["derivation"] == PUBLISHED)]
    right = published.set_index(["currency", "period"])["units_per_usd"]
    return side_by_side(means.loc[means["count"] == 12, "mean"], right, overlap=True).assign(frequency="A")


def _years(tables: Tables) -> pd.DataFrame:
    rows = tables["observations"]
    return rows[rows["frequency"] == "A"]


def _against_years(tables: Tables, left: pd.Series, leave_out: str = "") -> pd.DataFrame:
    """Pair totals with the years on record, in the currency of record."""
    years = _years(tables)
    right = years[years["source_id"] != leave_out].set_index(KEY)["value_million"]
    return side_by_side(left, right, overlap=True).assign(frequency="A")


def _in_us_dollars(tables: Tables, reporter: str, flow: str) -> pd.Series:
    """The years of a reporter’s flow at annual average rates, million US dollars."""
    years, rates = _years(tables), tables["exchange_rates"]
    rows = years[(years["reporter"] == reporter) & (years["flow"] == flow)]
    annual = rates[rates["frequency"] == "A"].set_index(["period", "currency"])["units_per_usd"]
    asked = pd.MultiIndex.from_frame(rows[["period", "currency"]])
    values = rows["value_million"] / annual.reindex(asked).to_numpy()
    return rows.assign(currency="USD", value=values).set_index(KEY)["value"].dropna()
