"""A country's partners ranked by two-way trade in one year, and their ranks over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data.queries.partners import WORLD, RankHistory, Ranking
from data.queries.records import Record
from data.schema.fields import TEXT
from data.selection import Selection
from layouts.charts.partner_columns import amount, rank, whose
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn, constant
from layouts.components.metadata import Flows, Metadata, trade_metadata
from layouts.components.source_line import SourceLine, source_line
from layouts.components.status import legend, marked
from layouts.figures.ranking import Bar, Heading, Part, Track, bars_figure, ranks_figure
from layouts.view import View
from layouts.wording import countries, rounding
from layouts.wording.partners import scope
from layouts.wording.text import Text
from layouts.wording.units import Money, Percent

# Rows drawn; the table under the chart has every partner.
SHOWN = 15
# Partners drawn over the years, and the lowest rank on the axis.
TRACKED, LOWEST = 10, 15
# Partners that stand out over the years beside those of the pair; they have no colour of their own.
ALSO_STRONG = ("CHN",)


def finding(view: View, ranking: Ranking) -> str:
    """State the rank of the chosen partner, by what and among how many, and its ranks by either flow alone."""
    _, chosen = view.text, view.selection
    row = ranking.row(chosen.partner)
    if row is None:
        return _("The chosen partner has no rank in {year}.", year=ranking.year)
    said = {
        "partner": countries.sentence_start(_, chosen.partner),
        "rank": _.number(row["rank"]),
        "count": _.number(ranking.ranked),
        "year": ranking.year,
        "amount": _.money(row["total"], chosen.currency),
    }
    return _(
        "{partner} ranks {rank} of {count} partners in {year} by exports plus imports, with {amount}: {share} "
        "of {possessive} goods trade. By exports alone it ranks {by_exports}, by imports {by_imports}.",
        by_exports=_.number(row["rank_export"]),
        by_imports=_.number(row["rank_import"]),
        **said,
        share=_.percent(row["share"]),
        possessive=countries.possessive(_, chosen.reporter),
    )


def ranking_chart(view: View, ranking: Ranking) -> Chart:
    """Bars of two-way trade, split into exports and imports, with share and the rank of the year before."""
    _, chosen = view.text, view.selection
    shown = ranking.first(SHOWN, chosen.partner)
    unit = Money.of(ranking.table["total"], chosen.currency)
    source, statuses = source_line(_, ranking.origin), _statuses(ranking.table["total_status"])
    with_share, with_before = _has(ranking, "share"), _has(ranking, "before")
    headings = [Heading(_("Two-way"), 64)]
    headings += [Heading(_("Share"), 56)] if with_share else []
    headings += [Heading(_("Rank {year}", year=ranking.year - 1), 74)] if with_before else []
    key = [(view.palette.neutral, _("Exports")), (view.palette.neutral_soft, _("Imports"))]
    return Chart(
        name="partners",
        title=_(
            "{possessive} partners by two-way goods trade, as {reporter} reports it",
            possessive=countries.possessive(_, chosen.reporter),
            reporter=countries.subject(_, chosen.reporter),
        ),
        subtitle=_("{year}, exports and imports added up, {unit}, customs basis", year=ranking.year, unit=unit.name(_)),
        source=source,
        summary=[finding(view, ranking), *_largest(view, ranking)],
        figure=bars_figure(
            _, view.palette, [_bar(view, row, unit, with_share, with_before) for row in _rows(shown)], headings, key
        ),
        columns=lambda: _columns(view, ranking, unit),
        file_name=_named_after(chosen, ranking.year).file_name("partners"),
        metadata=_metadata(view, ranking, source, statuses),
        remarks=[*scope(view, ranking), *_rounded(view, ranking.table, unit)],
        legend=legend(_, statuses) if statuses else None,
    )


def _rounded(view: View, table: pd.DataFrame, unit: Money) -> list[str]:
    """The note on rounding, where exports and imports as the table writes them miss their sum."""
    sums = table[["export", "import", "total"]].itertuples(index=False, name=None)
    return [rounding.note(view.text)] if rounding.numbers_part(sums, unit.cell_decimals) else []


def _has(ranking: Ranking, column: str) -> bool:
    """Whether a column says something."""
    return bool(ranking.table[column].notna().any())


def _rows(table: pd.DataFrame) -> list[dict]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _bar(view: View, row: dict, unit: Money, with_share: bool, with_before: bool) -> Bar:
    _, palette = view.text, view.palette
    chosen = row["partner"] == view.selection.partner
    exports, imports = palette.neutral, palette.neutral_soft
    if chosen:
        exports, imports = view.colour(row["partner"]), view.tint(row["partner"])
    name = countries.name(_, row["partner"])
    label = _("{rank} {name}", rank=_.number(row["rank"]), name=name)
    cells = [marked(unit.short(_, row["total"] / unit.divisor), row["total_status"])]
    cells += [_.percent(row["share"])] if with_share else []
    cells += [_before(_, row)] if with_before else []
    parts = [
        Part(row[flow] / unit.divisor, colour, f"<b>{name}</b><br>" + said.format(value=unit.full(_, row[flow])))
        for flow, colour, said in (
            ("export", exports, _("Exports: {value}")),
            ("import", imports, _("Imports: {value}")),
        )
    ]
    words = view.colour(row["partner"]) if chosen else palette.ink
    return Bar(label, parts, cells, words, strong=chosen)


def _before(_: Text, row: dict) -> str:
    """Write the rank of the year before, with the way the partner went since."""
    was = _.number(row["before"])
    if row["before"] > row["rank"]:
        return _("▲ {rank}", rank=was)
    return _("▼ {rank}", rank=was) if row["before"] < row["rank"] else was


def _largest(view: View, ranking: Ranking) -> list[str]:
    _, chosen = view.text, view.selection
    return [
        _(
            "{rank}: {name}, {amount}.",
            rank=_.number(row["rank"]),
            name=countries.name(_, row["partner"]),
            amount=_.money(row["total"], chosen.currency),
        )
        for row in _rows(ranking.table.head(3))
    ]


def _columns(view: View, ranking: Ranking, unit: Money) -> list[DataColumn]:
    """Every partner."""
    _, table = view.text, ranking.table
    percent, shares = Percent(), _has(ranking, "share")

    def ranked(name: str, header: str, of: str, status: str) -> DataColumn:
        return rank(view, ranking.reporter, name, header, table[of], list(table[status]))

    return [
        *whose(view, ranking.reporter, ranking.year, list(table["partner"])),
        ranked("rank", _("Rank"), "rank", "total_status"),
        ranked("rank_exports", _("Rank by exports"), "rank_export", "export_status"),
        ranked("rank_imports", _("Rank by imports"), "rank_import", "import_status"),
        *(
            amount(_, table, column, name, _("{name}, {unit}", name=label, unit=unit.header(_)), unit)
            for column, name, label in (
                ("export", "exports", _("Exports")),
                ("import", "imports", _("Imports")),
                ("total", "two_way", _("Two-way trade")),
            )
        ),
        DataColumn(
            f"share{percent.suffix}",
            _("Share of trade with all countries, per cent"),
            list(table["share"]),
            show=lambda value: percent.cell(_, value),
            unit=percent.header(_),
            statuses=list(table["share_status"]),
            sources=list(table["source_id"]),
            on_page=shares,
        ),
        rank(
            view,
            ranking.reporter,
            "rank_year_before",
            _("Rank in {year}", year=ranking.year - 1),
            table["before"],
            shown=_has(ranking, "before"),
        ),
        constant("unit", _("what the values count"), unit.code, len(table)),
    ]


def _statuses(statuses: pd.Series | pd.DataFrame) -> list[str]:
    """Codes of the signs that stand beside values."""
    found = pd.Series(statuses.to_numpy().ravel()).dropna()
    return [code for code in dict.fromkeys(found) if code != "final"]


def _metadata(
    view: View, ranking: Ranking, source: SourceLine, statuses: Sequence[str], converted: bool = True
) -> Metadata:
    _, chosen = view.text, view.selection
    recorded = view.coverage.currency_of_record[ranking.reporter]
    currency = chosen.currency if converted else recorded
    rate = _("Currency of record; nothing is converted.")
    if currency != recorded:
        rate = _(
            "Recorded in {currency}; converted at the average rate of {year}: {rate} {code} per {record}.",
            currency=_.currency(recorded),
            year=ranking.year,
            rate=_.number(ranking.rate, 4),
            code=_.verbatim(currency),
            record=_.verbatim(recorded),
        )
    shown = Flows(
        [Record(ranking.reporter, WORLD, currency)],
        statuses=statuses or ["final"],
        rate=rate,
        definition=_.sentences(
            [_("Two-way trade is exports plus imports; the largest has rank 1."), *scope(view, ranking)]
        ),
    )
    return trade_metadata(view, shown, source)


def _named_after(chosen: Selection, first: int, last: int | None = None) -> Selection:
    """The selection that a file is named after: the years really shown, by year."""
    return replace(chosen, years=(first, last or first), freq="annual")


def history_chart(view: View, it: RankHistory) -> Chart:
    """Ranks over the years of the partners that are largest in the last of them."""
    _, chosen, history, ranking = view.text, view.selection, it.ranks, it.newest
    first, last = int(history.index[0]), int(history.index[-1])
    ends = history.loc[last].dropna().sort_values()
    drawn = [partner for partner in ends.index if ends[partner] <= TRACKED or partner == chosen.partner]
    source, statuses = source_line(_, it.origin), _statuses(it.statuses)
    return Chart(
        name="partner-ranks",
        title=_("Ranks of {possessive} partners over the years", possessive=countries.possessive(_, chosen.reporter)),
        subtitle=_(
            "{span}, rank by two-way goods trade, the {count} largest of {last}, as {reporter} reports it",
            span=_.years((first, last)),
            count=_.number(TRACKED),
            last=last,
            reporter=countries.subject(_, chosen.reporter),
        ),
        source=source,
        summary=[
            _(
                "{name}: rank {before} in {first}, {now} in {last}.",
                name=countries.name(_, partner),
                before=_.number(history.loc[first, partner]),
                first=first,
                now=_.number(ends[partner]),
                last=last,
            )
            for partner in drawn
        ],
        figure=ranks_figure(_, view.palette, history, _tracks(view, drawn), LOWEST),
        columns=lambda: [*_ranks_on_page(view, it, list(ends.index)), *_ranks_in_files(view, it, list(ends.index))],
        file_name=_named_after(chosen, first, last).file_name("partner-ranks"),
        metadata=_metadata(view, ranking, source, statuses, converted=False),
        remarks=[*scope(view, ranking)[:1], *_from_below(view, history, drawn)],
        legend=legend(_, statuses) if statuses else None,
    )


def _ranks_on_page(view: View, it: RankHistory, partners: list[str]) -> list[DataColumn]:
    """A row a partner and a column a year."""
    _ = view.text
    names = [countries.name(_, partner) for partner in partners]
    by_year = [
        replace(_of_year(view, it, year, partners, _.verbatim(str(year))), in_file=False) for year in it.ranks.index
    ]
    return [DataColumn("partner_name", _("Partner"), names, TEXT, in_file=False), *by_year]


def _of_year(view: View, it: RankHistory, year: int, partners: list[str], header: str) -> DataColumn:
    ranks, statuses = it.ranks.loc[year, partners], list(it.statuses.loc[year, partners])
    return rank(view, it.newest.reporter, "rank", header, ranks, statuses)


def _ranks_in_files(view: View, it: RankHistory, partners: list[str]) -> list[DataColumn]:
    """A row a partner and year, so that the columns are the same whatever years are held."""
    _, reporter = view.text, it.newest.reporter
    by_year = [
        [*whose(view, reporter, year, partners), _of_year(view, it, year, partners, _("Rank"))]
        for year in it.ranks.index
    ]
    return [
        replace(
            parts[0],
            values=[value for part in parts for value in part.values],
            statuses=[status for part in parts for status in part.statuses],
            on_page=False,
        )
        for parts in zip(*by_year, strict=True)
    ]


def _from_below(view: View, history: pd.DataFrame, drawn: list[str]) -> list[str]:
    """Name the partners whose line comes from below the picture."""
    _, first = view.text, int(history.index[0])
    return [
        _(
            "{name} was at rank {rank} in {year}, below the part shown.",
            name=countries.name(_, partner),
            rank=_.number(history.loc[first, partner]),
            year=first,
        )
        for partner in drawn
        if history.loc[first, partner] > LOWEST
    ]


def _tracks(view: View, drawn: list[str]) -> list[Track]:
    """Grey lines first, so that those that stand out lie over them."""
    _, palette = view.text, view.palette
    colours = {partner: view.colour(partner) for partner in view.coverage.home}
    colours |= dict.fromkeys(ALSO_STRONG, palette.ink)
    tracks = [Track(p, countries.name(_, p), colours.get(p, palette.neutral_soft), strong=p in colours) for p in drawn]
    return sorted(tracks, key=lambda track: track.strong)
