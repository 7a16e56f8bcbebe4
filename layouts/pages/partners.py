"""The Partners page: a country's partners ranked by two-way trade, and the ranks others have published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from dash import html

from data.queries import partners, status, trade
from data.queries.origin import origin
from data.queries.partners import Ranking
from data.queries.records import Record
from data.selection import CURRENCY_OF_RECORD, Selection
from data.store import Store
from layouts.components import notices
from layouts.components.chart import Chart, chart
from layouts.components.metadata import Flows, Passport, trade_passport
from layouts.components.source_line import SourceLine, source_line
from layouts.components.status import first_releases
from layouts.components.table import Column
from layouts.figures.ranking import Bar, Heading, Part, Track, bars_figure, ranks_figure
from layouts.sections.rank_statements import other_ranks, statements_section
from layouts.view import View
from layouts.wording import countries
from layouts.wording.partners import scope
from layouts.wording.text import Text
from layouts.wording.units import Money

PATH = "/partners"
# Rows drawn; the table under the chart has every partner.
SHOWN = 15
# Partners drawn over the years, and the lowest rank on the axis.
TRACKED, LOWEST = 10, 15
# Partners that stand out over the years beside those of the pair; they have no colour of their own.
ALSO_STRONG = ("CHN",)


def page(view: View, store: Store) -> html.Div:
    """Rank the partners of the chosen country, or say why that is not possible, and set published ranks beside."""
    _, chosen = view.text, view.selection
    heading = html.H1(_("{possessive} trading partners", possessive=countries.possessive(_, chosen.reporter)))
    if chosen.same_country:
        return html.Div([heading, notices.same_country(view)])
    ranking = partners.ranking(store, chosen)
    body = _no_list(view) if ranking is None else _ranked(view, store, ranking)
    return html.Div([heading, *body, statements_section(view, store)])


def _no_list(view: View) -> list:
    """Say why the partners of a country are not ranked, and lead to those that are."""
    _, chosen = view.text, view.selection
    reasons = [
        _(
            "No list of {country}’s partners is held: its own figures here cover Canada and the United States only, "
            "and two partners are no ranking.",
            country=countries.subject(_, chosen.reporter),
        ),
        _("Banco de México and INEGI publish Mexico’s trade by country."),
    ]
    ways = [
        (
            _("See {possessive} trading partners", possessive=countries.possessive(_, other)),
            _turned_to(chosen, other),
        )
        for other in ("CAN", "USA")
    ]
    return [notices.notice(reasons, ways)]


def _turned_to(chosen: Selection, country: str) -> Selection:
    """The same question about another country, with the present one as its partner."""
    untouched = chosen.currency == CURRENCY_OF_RECORD[chosen.reporter]
    currency = CURRENCY_OF_RECORD[country] if untouched else chosen.currency
    return replace(chosen, reporter=country, partner=chosen.reporter, currency=currency)


def _ranked(view: View, store: Store, ranking: Ranking) -> list:
    _, chosen = view.text, view.selection
    parts: list = [html.P(_finding(view, ranking), className="standfirst"), other_ranks(view, store, ranking)]
    if ranking.asked != ranking.year:
        clamped = _(
            "Partners can be ranked from {first} to {last}; {year} is shown instead of {asked}.",
            first=ranking.years[0],
            last=ranking.years[1],
            year=ranking.year,
            asked=ranking.asked,
        )
        parts.append(html.P(clamped, className="so-far"))
    parts.append(chart(view, ranking_chart(view, store, ranking)))
    history = _chosen_years(partners.rank_history(store, chosen.reporter), chosen)
    # Three years of a few partners that keep their places are no picture.
    if len(history) > 3:
        parts.append(chart(view, history_chart(view, store, ranking, history)))
    return parts


def _chosen_years(history: pd.DataFrame, chosen: Selection) -> pd.DataFrame:
    """The chosen years of the history, or all of it where they are too few for a line."""
    wanted = history[(history.index >= chosen.years[0]) & (history.index <= chosen.years[1])]
    return wanted if len(wanted) > 3 else history


def _finding(view: View, ranking: Ranking) -> str:
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
        "{partner} ranks {rank} of {count} partners in {year} by exports and imports together, with {amount}: {share} "
        "of {possessive} goods trade. By exports alone it ranks {by_exports}, by imports {by_imports}.",
        by_exports=_.number(row["rank_export"]),
        by_imports=_.number(row["rank_import"]),
        **said,
        share=_.percent(row["share"]),
        possessive=countries.possessive(_, chosen.reporter),
    )


def ranking_chart(view: View, store: Store, ranking: Ranking) -> Chart:
    """Bars of two-way trade, split into exports and imports, with share and the rank of the year before."""
    _, chosen = view.text, view.selection
    shown = ranking.first(SHOWN, chosen.partner)
    unit = Money.of(ranking.table["total"], chosen.currency)
    source = _source(view, store, ranking)
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
        summary=[_finding(view, ranking), *_largest(view, ranking)],
        figure=bars_figure(
            _, view.palette, [_bar(view, row, unit, with_share, with_before) for row in _rows(shown)], headings, key
        ),
        columns=lambda: _columns(view, ranking, unit),
        file_name=_named_after(chosen, ranking.year).file_name("partners"),
        path=PATH,
        passport=_passport(view, store, ranking, source, [ranking.year]),
        remarks=[
            *scope(view, ranking),
            *first_releases(_, status.preliminary(store, ranking.source_ids[0], [ranking.year])),
        ],
    )


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
        exports, imports = palette.country(row["partner"]), palette.tint(row["partner"])
    name = countries.name(_, row["partner"])
    label = _("{rank} {name}", rank=_.number(row["rank"]), name=name)
    cells = [unit.short(_, row["total"] / unit.divisor)]
    cells += [_.percent(row["share"])] if with_share else []
    cells += [_before(_, row)] if with_before else []
    parts = [
        Part(row[flow] / unit.divisor, colour, f"<b>{name}</b><br>" + said.format(value=unit.full(_, row[flow])))
        for flow, colour, said in (
            ("export", exports, _("Exports: {value}")),
            ("import", imports, _("Imports: {value}")),
        )
    ]
    words = palette.country(row["partner"]) if chosen else palette.ink
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


def _columns(view: View, ranking: Ranking, unit: Money) -> list[Column]:
    """Every partner."""
    _, table = view.text, ranking.table
    header = unit.header(_)
    columns = [
        Column(_("Partner"), [countries.name(_, partner) for partner in table["partner"]], numeric=False),
        Column(_("Rank"), [_.number(rank) for rank in table["rank"]]),
        Column(_("Rank by exports"), [_.number(rank) for rank in table["rank_export"]]),
        Column(_("Rank by imports"), [_.number(rank) for rank in table["rank_import"]]),
    ]
    for flow, name in (("export", _("Exports")), ("import", _("Imports")), ("total", _("Two-way trade"))):
        columns.append(Column(_("{name}, {unit}", name=name, unit=header), [unit.cell(_, v) for v in table[flow]]))
    if _has(ranking, "share"):
        columns.append(
            Column(_("Share of trade with all countries, per cent"), [_.number(v, 1) for v in table["share"]])
        )
    if _has(ranking, "before"):
        before = _("Rank in {year}", year=ranking.year - 1)
        columns.append(Column(before, [_.number(rank) for rank in table["before"]]))
    return columns


def _source(view: View, store: Store, ranking: Ranking) -> SourceLine:
    reporters = pd.DataFrame({"reporter": [ranking.reporter]})
    rates = trade.rate_sources_for_year(store, reporters, ranking.year, view.selection.currency)
    return source_line(view.text, origin(store, ranking.source_ids, rates))


def _passport(
    view: View, store: Store, ranking: Ranking, source: SourceLine, years: Sequence[int], converted: bool = True
) -> Passport:
    _, chosen = view.text, view.selection
    recorded = CURRENCY_OF_RECORD[ranking.reporter]
    currency = chosen.currency if converted else recorded
    rate = _("Currency of record; nothing is converted.")
    if currency != recorded:
        rate = _(
            "Recorded in {currency}; converted at the average rate of {year}: {rate} {code} per {record}.",
            currency=_.currency(recorded),
            year=ranking.year,
            rate=_.number(partners.rate_of(store, ranking.reporter, ranking.year, currency), 4),
            code=_.verbatim(currency),
            record=_.verbatim(recorded),
        )
    shown = Flows(
        [Record(ranking.reporter, partners.WORLD, currency)],
        statuses=status.of_years(store, ranking.source_ids[0], years),
        rate=rate,
        definition=_.sentences(
            [_("Two-way trade is exports plus imports; the largest has rank 1."), *scope(view, ranking)]
        ),
    )
    return trade_passport(view, shown, source)


def _named_after(chosen: Selection, first: int, last: int | None = None) -> Selection:
    """The selection that a file is named after: the years really shown, by year."""
    return replace(chosen, years=(first, last or first), freq="annual")


def history_chart(view: View, store: Store, ranking: Ranking, history: pd.DataFrame) -> Chart:
    """Ranks over the years of the partners that are largest in the last of them."""
    _, chosen = view.text, view.selection
    first, last = int(history.index[0]), int(history.index[-1])
    ends = history.loc[last].dropna().sort_values()
    drawn = [partner for partner in ends.index if ends[partner] <= TRACKED or partner == chosen.partner]
    source = source_line(_, origin(store, ranking.source_ids))
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
        columns=lambda: [
            Column(_("Partner"), [countries.name(_, partner) for partner in ends.index], numeric=False),
            *(
                Column(_.verbatim(str(year)), [_.number(rank) for rank in history.loc[year, ends.index]])
                for year in history.index
            ),
        ],
        file_name=_named_after(chosen, first, last).file_name("partner-ranks"),
        path=PATH,
        passport=_passport(view, store, ranking, source, list(history.index), converted=False),
        remarks=[
            *scope(view, ranking)[:1],
            *_from_below(view, history, drawn),
            *first_releases(_, status.preliminary(store, ranking.source_ids[0], history.index)),
        ],
    )


def _from_below(view: View, history: pd.DataFrame, drawn: list[str]) -> list[str]:
    """Name the partners whose line comes from below the picture."""
    _, first = view.text, int(history.index[0])
    return [
        _(
            "{name} comes from rank {rank} in {year}, below the picture.",
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
    colours = {partner: palette.country(partner) for partner in ("CAN", "MEX", "USA")}
    colours |= dict.fromkeys(ALSO_STRONG, palette.ink)
    tracks = [Track(p, countries.name(_, p), colours.get(p, palette.neutral_soft), strong=p in colours) for p in drawn]
    return sorted(tracks, key=lambda track: track.strong)
