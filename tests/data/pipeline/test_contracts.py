"""What the real tables promise: keys, allowed values, sources, coverage and intervals."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import combinations

import pandas as pd
import pytest

from tests.choosing import coverage
from tests.data.helpers import TABLE_NAMES, read_rows, real_store

KEYS = {
    "sources": ["source_id"],
    "countries": ["iso3"],
    "currencies": ["currency"],
    "collections": ["collection"],
    "observations": ["frequency", "period", "reporter", "partner", "flow", "product_scheme", "product_code"],
    "products": ["frequency", "period", "reporter", "partner", "flow", "product_scheme", "product_code", "source_id"],
    "partner_totals": ["frequency", "period", "reporter", "partner", "flow"],
    "product_names": ["product_scheme", "product_code"],
    "hs_names": ["product_code"],
    "product_words": ["word"],
    "rank_statements": ["statement_id"],
    "exchange_rates": ["frequency", "period", "currency"],
    "gdp": ["country", "year"],
    "inflation": ["country", "year"],
    "price_index": ["frequency", "period", "country"],
    "conventions": ["reporter", "flow"],
    "breaks": ["break_id"],
    "claims": ["claim_id"],
    "quoted_figures": ["figure_id"],
    "tariffs": ["tariff_id"],
    "tariff_lives": ["life_id"],
    "tariff_stacking": ["rule_id"],
    "retaliation": ["tranche_id"],
    "events": ["event_id"],
    "usmca_shares": ["frequency", "period", "reporter", "partner", "flow"],
    "usmca_chapters": ["frequency", "period", "reporter", "partner", "flow", "product_scheme", "product_code"],
    "usmca_subheadings": ["frequency", "period", "reporter", "partner", "flow", "product_scheme", "product_code"],
    "tariff_goods": ["product_scope"],
    "disagreements": ["disagreement_id"],
    "mirror_notes": ["pair", "flow", "topic"],
    "known_gaps": ["gap_id"],
    "checks": ["check_id"],
}
COLLECTED_TO = pd.Timestamp("2026-10-09")


@pytest.mark.parametrize("table", sorted(TABLE_NAMES))
def test_primary_key_is_unique_and_complete(table):
    frame = getattr(real_store(), table)
    assert len(frame) > 0
    assert not frame.duplicated(KEYS[table]).any()
    assert frame[KEYS[table]].notna().all(axis=None)


@pytest.mark.parametrize(
    ("table", "column", "allowed"),
    [
        ("observations", "frequency", "A Q M"),
        ("observations", "reporter", "CAN MEX USA"),
        ("observations", "partner", "CAN MEX USA CHN DEU FRA GBR JPN KOR NLD"),
        ("observations", "flow", "export import"),
        ("observations", "product_code", "TOTAL"),
        ("observations", "currency", "CAD USD"),
        ("observations", "basis", "customs not_stated"),
        ("observations", "status", "final preliminary"),
        ("observations", "derivation", "published sum_of_months worked_out"),
        ("products", "frequency", "A M"),
        ("products", "reporter", "CAN MEX USA"),
        ("products", "partner", "CAN MEX USA"),
        ("products", "flow", "export import domestic_export"),
        ("products", "product_scheme", "HS2 HS_SECTION HS6 NAPCS SITC1"),
        ("products", "currency", "CAD USD"),
        ("products", "basis", "customs reconciled"),
        ("partner_totals", "frequency", "A"),
        ("partner_totals", "reporter", "CAN USA"),
        ("partner_totals", "product_code", "TOTAL"),
        ("partner_totals", "currency", "CAD USD"),
        ("product_names", "product_scheme", "HS2 HS_SECTION HS6 NAPCS SITC1"),
        ("inflation", "country", "CAN MEX USA"),
        ("price_index", "country", "USA"),
        ("price_index", "base", "1982-84=100"),
        ("conventions", "reporter", "CAN MEX USA"),
        ("conventions", "flow", "export import domestic_export"),
        ("breaks", "kind", "classification agreement method source release"),
        ("checks", "verdict", "agrees differs"),
        ("checks", "kind", "sums consistency exchanged article"),
        ("exchange_rates", "currency", "CAD MXN GBP"),
        ("exchange_rates", "derivation", "published mean_of_months"),
        ("gdp", "country", "CAN MEX USA"),
        ("claims", "verdict", "confirmed close differs cannot_be_checked"),
        ("tariffs", "imposer", "CAN USA"),
        ("tariffs", "kind", "duty import_ban"),
        ("tariffs", "status", "in_force ended superseded announced never_applied"),
        ("retaliation", "status", "in_force ended never_imposed threatened"),
        ("events", "category", "trade_policy diplomacy security court agreement economy"),
        ("events", "date_precision", "day month year"),
    ],
)
def test_enumerated_column_holds_these_values_only(table, column, allowed):
    assert set(getattr(real_store(), table)[column]) <= set(allowed.split())


def test_no_reporter_trades_with_itself():
    o = real_store().observations
    assert not (o["reporter"].astype(str) == o["partner"].astype(str)).any()


def test_each_reporter_keeps_its_record_in_one_currency():
    o = real_store().observations
    pairs = o[["reporter", "currency"]].astype(str).drop_duplicates()
    assert set(pairs.itertuples(index=False, name=None)) == {("CAN", "CAD"), ("MEX", "USD"), ("USA", "USD")}


def sources_named() -> dict[str, set[str]]:
    store = real_store()
    named = {
        t: set(getattr(store, t)["source_id"])
        for t in TABLE_NAMES
        - {"sources", "countries", "currencies", "collections", "known_gaps", "product_words", "tariff_goods", "checks"}
    }
    named["quotes checked"] = {i for ids in store.quoted_figures["check_source_ids"] for i in ids.split()}
    named["claims checked"] = {i for ids in store.claims["check_source_ids"].dropna() for i in ids.split()}
    return named


def test_every_source_that_a_row_names_is_described():
    described = set(real_store().sources["source_id"])
    assert {table: ids - described for table, ids in sources_named().items() if ids - described} == {}


def test_every_source_that_is_described_is_named_by_a_row():
    assert set(real_store().sources["source_id"]) - set().union(*sources_named().values()) == set()


def test_every_source_says_when_it_is_from():
    sources = real_store().sources
    undated = sources[sources["vintage_date"].isna() & sources["vintage_note"].isna()]
    assert undated["source_id"].to_list() == []


def months(reporter: str, partner: str, flow: str) -> pd.DataFrame:
    o = real_store().observations
    chosen = (o["frequency"] == "M") & (o["reporter"] == reporter) & (o["partner"] == partner) & (o["flow"] == flow)
    return o[chosen].sort_values("period")


@pytest.mark.parametrize("flow", ["export", "import"])
@pytest.mark.parametrize(
    ("reporter", "partner", "first", "count"),
    [
        ("CAN", "MEX", "1997-01-01", 356),
        ("CAN", "USA", "1997-01-01", 356),
        ("USA", "CAN", "1985-01-01", 500),
        ("USA", "MEX", "1985-01-01", 500),
    ],
)
def test_monthly_series_has_no_gap(reporter, partner, first, count, flow):
    series = months(reporter, partner, flow)
    assert len(series) == count
    assert series["period"].to_list() == pd.date_range(first, "2026-08-01", freq="MS").to_list()


@pytest.mark.parametrize("partner", ["CHN", "DEU", "FRA", "JPN", "KOR"])
@pytest.mark.parametrize("flow", ["export", "import"])
def test_other_partners_of_canada_have_no_gap_since_2023(partner, flow):
    expected = pd.date_range("2023-01-01", "2026-08-01", freq="MS").to_list()
    assert months("CAN", partner, flow)["period"].to_list() == expected


@pytest.mark.parametrize("partner", ["GBR", "NLD"])
def test_imports_from_britain_and_the_netherlands_are_not_held(partner):
    assert len(months("CAN", partner, "export")) == 44
    assert months("CAN", partner, "import").empty


def test_mexico_has_no_months():
    o = real_store().observations
    assert o[(o["reporter"] == "MEX") & (o["frequency"] == "M")].empty


def test_every_period_is_the_first_day_of_its_month_or_year():
    for table in ("observations", "products", "partner_totals", "price_index", "exchange_rates"):
        frame = getattr(real_store(), table)
        assert (frame["period"].dt.day == 1).all()
        assert (frame.loc[frame["frequency"] == "A", "period"].dt.month == 1).all()


def test_months_of_2026_are_preliminary_and_earlier_national_ones_final():
    o = real_store().observations
    national = o[o["reporter"].isin(["CAN", "USA"])]
    newest = national["period"].dt.year == 2026
    assert set(national.loc[newest, "status"]) == {"preliminary"}
    assert set(national.loc[~newest, "status"]) == {"final"}


@pytest.mark.parametrize(
    ("currency", "first", "count"), [("CAD", "1985-01-01", 502), ("GBP", "1985-01-01", 502), ("MXN", "1991-12-01", 419)]
)
def test_monthly_exchange_rates_have_no_gap_to_october_2026(currency, first, count):
    rates = real_store().rates["M", currency]
    assert rates.index.to_list() == pd.date_range(first, "2026-10-01", freq="MS").to_list()
    assert len(rates) == count


@pytest.mark.parametrize(("currency", "first"), [("CAD", 1985), ("GBP", 1985), ("MXN", 1992)])
def test_annual_exchange_rates_have_no_gap_to_2025(currency, first):
    assert real_store().rates["A", currency].index.year.to_list() == list(range(first, 2026))


@pytest.mark.parametrize("country", ["CAN", "MEX", "USA"])
def test_gdp_runs_from_1960_to_2023(country):
    gdp = real_store().gdp
    assert gdp.loc[gdp["country"] == country, "year"].to_list() == list(range(1960, 2024))


# Intervals.


def test_tariff_intervals_of_one_scope_never_overlap():
    dated = real_store().tariffs.dropna(subset="effective_from")
    end = dated["effective_to"].fillna(pd.Timestamp("2100-01-01"))
    for _, rows in dated.assign(end=end).groupby(["imposer", "target", "measure", "product_scope"]):
        for one, other in combinations(rows.itertuples(), 2):
            assert one.end <= other.effective_from or other.end <= one.effective_from, (one.tariff_id, other.tariff_id)


@pytest.mark.parametrize("table", ["tariffs", "retaliation"])
def test_every_interval_lasts_at_least_a_day(table):
    ended = getattr(real_store(), table).dropna(subset=["effective_to"])
    assert len(ended) > 0
    assert (ended["effective_to"] > ended["effective_from"]).all()


@pytest.mark.parametrize("table", ["tariffs", "retaliation"])
def test_status_agrees_with_the_interval(table):
    rows = getattr(real_store(), table)
    over = rows["status"].isin(["ended", "superseded"])
    running = rows["status"] == "in_force"
    nothing = rows["status"].isin(["never_applied", "never_imposed", "threatened"])
    assert (rows.loc[over, "effective_to"] <= COLLECTED_TO).all()
    assert (rows.loc[running, "effective_from"] <= COLLECTED_TO).all()
    assert rows.loc[running, "effective_to"].isna().all()
    assert rows.loc[nothing, ["effective_from", "effective_to"]].isna().all(axis=None)
    assert (rows.loc[rows["status"] == "announced", "effective_from"] > COLLECTED_TO).all()


def test_superseded_tariff_is_followed_without_a_gap():
    tariffs = real_store().tariffs
    starts = tariffs.groupby(["imposer", "target", "measure"])["effective_from"].apply(set)
    for row in tariffs[tariffs["status"] == "superseded"].itertuples():
        assert row.effective_to in starts[row.imposer, row.target, row.measure], row.tariff_id


def test_duties_have_a_rate_and_bans_have_none():
    tariffs = real_store().tariffs
    duty = tariffs["kind"] == "duty"
    assert tariffs.loc[duty, "rate_pct"].notna().all()
    assert tariffs.loc[~duty, ["rate_pct", "usmca_rate_pct"]].isna().all(axis=None)
    assert tariffs.loc[~duty, "rate_text"].isna().all(), "the kind says already that it is a ban"


def test_what_a_tariff_means_for_usmca_goods_agrees_with_its_rates_and_words():
    for row in read_rows("tariffs.csv"):
        rule, words = row["usmca_rule"], row["rate_text"]
        assert (rule == "free") == (row["usmca_rate_pct"] == "0"), row["tariff_id"]
        assert row["usmca_rate_pct"] == "" or rule == "free", row["tariff_id"]
        named = "USMCA" in words or "CUSMA" in words
        assert named == (rule in ("partial", "required")), row["tariff_id"]
        assert (rule == "") == (row["instrument"] == "Announcement only"), "unknown only where there is no text"
        if "USMCA goods are not exempt" in row["note"] or "no relief for CUSMA goods" in row["note"]:
            assert rule == "same", row["tariff_id"]


def test_nothing_but_a_threat_is_dated_after_the_collection():
    store = real_store()
    assert store.events["date"].max() <= COLLECTED_TO
    later = store.tariffs[store.tariffs["effective_from"] > COLLECTED_TO]
    assert later["tariff_id"].to_list() == ["us-can-vehicles-50-threat-2027-01-01"]


def test_events_name_known_countries_and_spans_end_after_they_begin():
    events = real_store().events
    assert {code for codes in events["countries"] for code in codes.split()} <= {"CAN", "MEX", "USA"}
    spans = events.dropna(subset="date_end")
    assert (spans["date_end"] > spans["date"]).all()
    assert set(events.loc[events["date_precision"] == "month", "date"].dt.day) <= {1}


def test_years_offered_to_readers_are_the_years_on_record():
    o = real_store().observations
    assert (coverage().first_year, coverage().last_year) == (1985, 2026)
    assert o["period"].dt.year.min() == 1985
    assert o["period"].max() == pd.Timestamp("2026-08-01")
    assert coverage().last_complete_year == o.loc[o["frequency"] == "A", "period"].dt.year.max() == 2025
    assert dt.date(2026, 10, 9) == coverage().last_day


# Products, partners, prices, conventions and breaks.


def columns_as_text(frame: pd.DataFrame, *columns: str) -> list[tuple[str, ...]]:
    """Different combinations of labels, in order."""
    return sorted(frame[list(columns)].astype(str).drop_duplicates().itertuples(index=False, name=None))


def test_every_product_with_a_value_has_a_name():
    store = real_store()
    named = set(columns_as_text(store.product_names, "product_scheme", "product_code"))
    assert set(columns_as_text(store.products, "product_scheme", "product_code")) <= named


def test_every_name_is_of_a_product_with_a_value_or_of_a_section():
    store = real_store()
    traded = set(columns_as_text(store.products, "product_scheme", "product_code"))
    unused = set(columns_as_text(store.product_names, "product_scheme", "product_code")) - traded
    assert unused == set()


def test_every_chapter_belongs_to_a_section_and_every_six_digit_product_to_its_chapter():
    names = real_store().product_names
    codes = {scheme: set(rows["product_code"]) for scheme, rows in names.groupby("product_scheme")}
    chapters, six = (names[names["product_scheme"] == scheme] for scheme in ("HS2", "HS6"))
    assert set(chapters["parent_code"]) == codes["HS_SECTION"]
    assert set(six["parent_code"]) <= codes["HS2"]
    assert (six["product_code"].str[:2] == six["parent_code"]).all()
    assert names.loc[~names["product_scheme"].isin(["HS2", "HS6"]), "parent_code"].isna().all()


def test_sections_hold_chapters_that_follow_each_other():
    names = real_store().product_names
    chapters = names[names["product_scheme"] == "HS2"].sort_values("product_code")
    order = list(dict.fromkeys(chapters["parent_code"]))
    assert order == names.loc[names["product_scheme"] == "HS_SECTION", "product_code"].to_list()
    assert (chapters["parent_code"] != chapters["parent_code"].shift()).sum() == len(order)


def test_sections_and_chapters_of_the_address_are_those_with_names():
    names = real_store().product_names
    codes = {scheme: tuple(rows["product_code"]) for scheme, rows in names.groupby("product_scheme")}
    assert codes["HS_SECTION"] == coverage().sections
    assert tuple(sorted(codes["HS2"])) == coverage().chapters


def test_events_that_shares_are_compared_around_exist_and_have_a_day():
    events = real_store().events.set_index("event_id")
    compared = events.loc[list(coverage().events_compared)]
    assert (compared["date_precision"] == "day").all()
    assert compared["date"].dt.year.between(2008, 2025).all()


# One classification comes from one source for a flow, so that its shares are of one whole. NAPCS is the exception:
# the farm products of all years come from a table of their own.
def test_products_of_a_classification_come_from_one_source():
    products = real_store().products
    apart = products[~products["product_code"].astype(str).isin(["agrifood"])]
    rows = columns_as_text(apart, "product_scheme", "frequency", "reporter", "partner", "flow", "source_id")
    series = [row[:-1] for row in rows]
    assert len(series) == len(set(series))


@pytest.mark.parametrize(
    ("scheme", "frequency", "reporter", "partner", "flow", "first", "last"),
    [
        *(("HS2", "A", "USA", p, f, "2007-01-01", "2025-01-01") for p in ("CAN", "MEX") for f in ("export", "import")),
        *(("HS_SECTION", "M", "USA", "MEX", f, "2007-01-01", "2025-12-01") for f in ("export", "import")),
        *(("NAPCS", "A", "CAN", "USA", f, "2014-01-01", "2024-01-01") for f in ("domestic_export", "import")),
    ],
)
def test_products_have_no_period_missing(scheme, frequency, reporter, partner, flow, first, last):
    p = real_store().products
    rows = p[(p["product_scheme"] == scheme) & (p["frequency"] == frequency) & (p["partner"] == partner)]
    rows = rows[(rows["reporter"] == reporter) & (rows["flow"] == flow) & (rows["product_code"] != "agrifood")]
    expected = pd.date_range(first, last, freq="YS" if frequency == "A" else "MS")
    assert sorted(rows["period"].unique()) == expected.to_list()


def test_chapter_99_is_of_imports_only():
    p = real_store().products
    assert set(p.loc[p["product_code"] == "99", "flow"].astype(str)) == {"import"}


def test_products_give_no_totals():
    p = real_store().products
    assert "TOTAL" not in set(p["product_code"].astype(str))


def test_partner_totals_have_the_world_and_both_flows_of_every_partner_and_year():
    totals = real_store().partner_totals
    totals = totals[totals["reporter"] == "USA"]
    counts = totals.groupby(["period", "partner"])["flow"].agg(set)
    assert all(flows == {"export", "import"} for flows in counts)
    partners = counts.reset_index().groupby("period")["partner"].agg(set)
    assert partners.index.year.to_list() == list(range(2013, 2025))
    assert len({frozenset(codes) for codes in partners}) == 1
    assert partners.iloc[0] >= {"CAN", "CHN", "MEX", "WLD"}
    assert len(partners.iloc[0]) == 47
    assert set(totals["source_id"]) == {"census-api-partners"}


def test_partners_together_are_less_than_the_world():
    totals = real_store().partner_totals
    totals = totals[totals["reporter"] == "USA"]
    world = totals["partner"] == "WLD"
    partners, whole = (totals[rows].groupby(["period", "flow"])["value_million"].sum() for rows in (~world, world))
    assert (partners < whole).all()
    # 46 partners are some nine tenths of the whole.
    assert (partners > whole * 0.88).all()


@pytest.mark.parametrize(
    ("year", "exports", "imports", "partners"),
    # The file's own sums over all partners and twelve months, C$ million; Canada itself is among them.
    [(2024, 780794.738909, 767211.186094, 224), (2025, 778991.853048, 788941.970364, 223)],
)
def test_all_partners_of_canada_make_up_its_trade(year, exports, imports, partners):
    totals = real_store().partner_totals
    rows = totals[(totals["reporter"] == "CAN") & (totals["period"].dt.year == year)]
    world = rows["partner"] == "WLD"
    for flow, expected in (("export", exports), ("import", imports)):
        mine = rows["flow"] == flow
        assert rows.loc[mine & world, "value_million"].to_list() == [pytest.approx(expected, abs=1e-6)]
        assert rows.loc[mine & ~world, "value_million"].sum() == pytest.approx(expected, abs=1e-5)
    assert rows.loc[~world, "partner"].nunique() == partners
    assert set(rows["source_id"]) == {"statcan-cimt"}


@pytest.mark.parametrize(
    ("table", "source", "preliminary"),
    [
        ("products", "bts-transborder", {2025}),
        ("products", "bts-transborder-monthly", {2025}),
        ("products", "statcan-12-10-0173", {2025}),
        ("products", "statcan-12-10-0175", {2024}),
        ("products", "unctad-matrix-sitc", set()),
        ("partner_totals", "census-api-partners", {2024}),
        ("partner_totals", "statcan-cimt", {2025}),
    ],
)
def test_first_releases_are_preliminary(table, source, preliminary):
    rows = getattr(real_store(), table)
    rows = rows[rows["source_id"] == source]
    unsettled = rows["status"] == "preliminary"
    assert set(rows.loc[unsettled, "period"].dt.year) == preliminary
    assert not set(rows.loc[~unsettled, "period"].dt.year) & preliminary


def test_price_index_has_every_month_but_october_2025():
    months = real_store().price_index["period"]
    missing = pd.date_range("1985-01-01", "2026-05-01", freq="MS").difference(months)
    assert missing.to_list() == [pd.Timestamp("2025-10-01")]
    assert months.is_monotonic_increasing
    assert months.min() == pd.Timestamp("1985-01-01")
    assert months.max() == pd.Timestamp("2026-05-01")


@pytest.mark.parametrize("country", ["CAN", "MEX", "USA"])
def test_inflation_runs_from_1960_to_2024(country):
    inflation = real_store().inflation
    assert inflation.loc[inflation["country"] == country, "year"].to_list() == list(range(1960, 2025))


def test_conventions_cover_every_reporter_and_flow():
    store = real_store()
    held = set(columns_as_text(store.observations, "reporter", "flow"))
    held |= set(columns_as_text(store.products, "reporter", "flow"))
    held |= set(columns_as_text(store.partner_totals, "reporter", "flow"))
    assert set(columns_as_text(store.conventions, "reporter", "flow")) == held


def test_breaks_concern_known_countries_and_nothing_to_come():
    breaks = real_store().breaks
    assert {code for codes in breaks["reporters"] for code in codes.split()} <= {"all", "CAN", "MEX", "USA"}
    assert {pair for pairs in breaks["pairs"] for pair in pairs.split()} <= {"all", "CAN-MEX", "CAN-USA", "MEX-USA"}
    assert breaks["date"].max() <= COLLECTED_TO


def test_each_change_of_source_inside_a_record_is_a_break():
    o = real_store().observations
    published = o[o["derivation"] != "sum_of_months"].astype({"source_id": "str"}).sort_values("period")
    us = published[published["reporter"] == "USA"]
    starts = us.groupby("source_id")["period"].min().sort_values().iloc[1:]
    breaks = real_store().breaks
    known = breaks.loc[(breaks["kind"] == "source") & (breaks["reporters"] == "USA"), "date"]
    assert starts.to_list() == known.to_list()


def test_worked_out_values_are_what_their_computation_gives():
    o = real_store().observations
    computed = o[o["computation"].notna()]
    assert len(computed) == 5
    for row in computed.itertuples():
        first, *divisors = (Decimal(number) for number in row.computation.split(" / "))
        result = first
        for divisor in divisors:
            result /= divisor
        assert abs(result - Decimal(str(row.value_million))) <= Decimal("0.5"), row.computation


def test_worked_out_values_start_from_a_value_of_the_same_source_and_flow():
    o = real_store().observations
    computed = o[o["computation"].notna()]
    assert len(computed) > 0
    for row in computed.itertuples():
        same = o[(o["reporter"] == "MEX") & (o["flow"] == row.flow) & (o["source_id"] == row.source_id)]
        published = same.loc[same["derivation"] == "published", "value_million"]
        assert float(row.computation.split(" / ")[0]) in set(published)


def test_only_values_with_a_computation_are_worked_out():
    o = real_store().observations
    assert ((o["derivation"] == "worked_out") == o["computation"].notna()).all()


# The article.


@pytest.mark.parametrize(
    ("claim_id", "paragraph", "value", "unit", "currency", "period"),
    [
        ("trade-2024-cad", 12, 56, "billion", "CAD", "2024"),
        ("trade-2024-usd", 12, 40.5, "billion", "USD", "2024"),
        ("trade-2024-gbp", 12, 30, "billion", "GBP", "2024"),
        ("implied-cad-usd-2024", 12, 1.3827, "exchange_rate", "CAD", "2025-09"),
        ("implied-cad-gbp-2024", 12, 1.8667, "exchange_rate", "CAD", "2025-09"),
        ("rank-mexico-for-canada", 4, 3, "rank", None, "2024"),
        ("rank-canada-for-mexico", 4, 5, "rank", None, "2024"),
        ("tariff-mexico-25", 10, 25, "percent", None, "2025"),
        ("tariff-canada-25", 10, 25, "percent", None, "2025"),
        ("tariff-canada-energy-10", 10, 10, "percent", None, "2025"),
        ("retaliation-first-list", 10, 30, "billion", "CAD", "2025-03"),
        ("retaliation-first-list-usd", 10, 20.6, "billion", "USD", "2025-02"),
        ("retaliation-potential", 10, 155, "billion", "CAD", "2025-02"),
        ("retaliation-potential-usd", 10, 106, "billion", "USD", "2025-02"),
        ("implied-cad-usd-first-list", 10, 1.4563, "exchange_rate", "CAD", "2025-02"),
        ("implied-cad-usd-potential", 10, 1.4623, "exchange_rate", "CAD", "2025-02"),
    ],
)
def test_claims_cover_what_the_article_says(claim_id, paragraph, value, unit, currency, period):
    claim = real_store().claims.set_index("claim_id").loc[claim_id]
    assert (claim["paragraph"], claim["value"], claim["unit"], claim["period"]) == (paragraph, value, unit, period)
    assert claim["currency"] == currency if currency else pd.isna(claim["currency"])
    assert claim["source_id"] == "article"


def test_claims_about_dates_are_judged_as_the_orders_say():
    claims = real_store().claims.set_index("claim_id")
    assert claims.loc["tariff-date-february", "verdict"] == "differs"
    assert claims.loc["usmca-exemption", "verdict"] == "confirmed"


def test_claim_that_is_judged_names_what_judged_it():
    claims = real_store().claims
    judged = claims["verdict"] != "cannot_be_checked"
    assert claims.loc[judged, "check_source_ids"].notna().all()
    assert claims.loc[judged & claims["value"].notna(), "check_value"].notna().all()
    assert claims.loc[~judged, "check_value"].isna().all()


def test_every_paragraph_of_the_article_has_a_statement_with_a_verdict():
    claims = real_store().claims
    assert set(claims["paragraph"]) == set(range(1, 13))


def test_events_that_a_claim_names_are_on_the_list():
    store = real_store()
    named = {event for ids in store.claims["event_ids"].dropna() for event in ids.split()}
    assert len(named) > 15
    assert named <= set(store.events["event_id"])


def test_known_gaps_name_what_the_page_must_admit():
    gaps = set(real_store().known_gaps["gap_id"])
    assert {"mexico-canada-series", "mexico-monthly", "canada-before-1997", "after-9-october-2026"} <= gaps
