"""Canada's counter-tariffs in force over time, by tranche."""

from __future__ import annotations

from data.queries.retaliation import CounterTariffs
from data.schema.fields import DATE
from layouts.components.chart import Chart
from layouts.components.data_column import DataColumn, constant
from layouts.components.metadata import sources_metadata
from layouts.components.source_line import source_line
from layouts.components.status import legend
from layouts.figures.retaliation import in_force_figure
from layouts.view import View
from layouts.wording import countries
from layouts.wording.units import Percent

# A tranche of less than this share of the plan is too thin for a label in the picture.
THIN = 0.04


def in_force_chart(view: View, it: CounterTariffs) -> Chart:
    """Tranche upon tranche by day, under the amount that was announced."""
    _, by_day = view.text, it.by_day
    names = {tranche: _.data(name) for tranche, name in it.names.items()}
    first, last = by_day.index[0], by_day.index[-1]
    source = source_line(_, it.origin)
    return Chart(
        name="retaliation",
        title=_(
            "{possessive} counter-tariffs on {goods} in force, by tranche",
            possessive=countries.possessive(_, it.by),
            goods=countries.goods(_, it.against),
        ),
        subtitle=_(
            "{first} to {last}, billion {currency} of yearly imports covered",
            currency=_.currency(it.currency),
            first=_.short_date(first),
            last=_.short_date(last),
        ),
        source=source,
        summary=[
            _("From {date}: {amount}.", date=_.date(day), amount=_.billions(total, it.currency))
            for day, total in it.total.iloc[:-1].items()
        ],
        figure=in_force_figure(_, view.palette, by_day, names, it.announced, it.currency, view.colour(it.by)),
        columns=lambda: _columns(view, it),
        file_name=f"retaliation_{it.by}-{it.against}_{first:%Y}-{last:%Y}_{it.currency}".lower(),
        metadata=sources_metadata(
            view,
            source,
            _("Amounts as announced by the Government of Canada"),
            _("Yearly imports of the listed goods, as the announcement states them; the year counted is not stated."),
        ),
        remarks=[
            _("Motor vehicles are charged too; how much of them pays is not known, so they are not in the sum."),
            *(
                _("The thin band is {name}: {amount}.", name=names[t], amount=_.billions(by_day[t].max(), it.currency))
                for t in by_day.columns
                if by_day[t].max() < it.announced * THIN
            ),
        ],
        legend=legend(_, [it.imports_status]) if it.imports_status != "final" else None,
    )


def _columns(view: View, it: CounterTariffs) -> list[DataColumn]:
    """The amount of each tranche by day, their sum and its share of imports, which is as settled as those imports."""
    _, days = view.text, list(it.by_day.index)
    unit = _("billion {currency}", currency=_.currency(it.currency))

    def amounts(name: str, header: str, values: list[float], source: str = "") -> DataColumn:
        sources = [source] * len(days) if source else []
        return DataColumn(name, header, values, show=lambda value: _.number(value, 1), unit=unit, sources=sources)

    return [
        DataColumn("effective_from", _("From"), days, DATE, _.short_date),
        *(
            amounts(
                tranche.replace("-", "_"),
                _("{name}, C$ billion", name=_.data(it.names[tranche])),
                list(it.by_day[tranche]),
                it.sources[tranche],
            )
            for tranche in it.by_day.columns
        ),
        amounts("in_force", _("In force, C$ billion"), list(it.total)),
        DataColumn(
            "share_of_imports_pct",
            _("Share of imports {year}", year=it.base_year),
            list(it.share),
            show=_.percent,
            unit=Percent().header(_),
            statuses=[it.imports_status] * len(days),
            sources=[it.imports_source] * len(days),
        ),
        constant("unit", _("what the values count"), f"{it.currency} billion", len(days)),
    ]
