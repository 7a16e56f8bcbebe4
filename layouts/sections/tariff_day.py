"""What applied on a day: the slider, the matrix of rates, and which of them are added to each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
from dash import dcc, html

from data.queries import tariffs
from data.store import Store
from layouts import ids
from layouts.components import notices
from layouts.components.table import Column, table
from layouts.sections.tariff_table import key, rates_table
from layouts.view import View
from layouts.wording.tariffs import evidence, goods, instrument, on_whom, rate, rate_detail, usmca_rate
from layouts.wording.text import Text

PATH = "/tariffs"
SLIDER = "day-slider"


def day_section(view: View, store: Store, rows: pd.DataFrame) -> html.Section:
    """The state of play on the chosen day as a matrix, with steps to the changes before and after."""
    _, on = view.text, view.selection.on
    days = tariffs.change_days(store, rows)
    now = tariffs.in_force(store, rows, on)
    parts: list = [html.H2(_("What applied on {date}", date=_.date(on))), _slider(view, days), _controls(view, days)]
    if now.empty:
        after = tariffs.neighbours(days, on)[1]
        ways = [(_("Go to {date}", date=_.date(after)), replace(view.choice, on=after))] if after else []
        parts.append(notices.notice(_("No additional tariff between the two applied on this day."), ways))
    applied = rows[rows["effective_from"].notna() & (rows["status"] != "never_applied")]
    rules = tariffs.stacking(store, view.selection.reporter, view.selection.partner, on)
    for imposer, target in sides(view):
        group = now[(now["imposer"] == imposer) & (now["target"] == target)]
        if group.empty:
            continue
        caption = on_whom(_, imposer, target)
        parts += [
            html.H3(caption),
            _lead(view, group, imposer),
            rates_table(view, group, applied[(applied["imposer"] == imposer) & (applied["target"] == target)], caption),
            key(view),
            _texts(view, group, caption),
            _rules(view, rules[rules["imposer"] == imposer], group, imposer),
        ]
    return html.Section(parts, className="section first")


def sides(view: View) -> tuple[tuple[str, str], ...]:
    """Both directions of the border, first the one of the country that imposes most tariffs."""
    pair = (view.selection.reporter, view.selection.partner)
    imposer = view.coverage.borders[0][0]
    return (pair, pair[::-1]) if pair[1] != imposer else (pair[::-1], pair)


def _lead(view: View, group: pd.DataFrame, imposer: str) -> html.P:
    """Count what is charged and warn against adding the rates up."""
    _ = view.text
    count = _.ngettext("{count} group of goods is charged.", "{count} groups of goods are charged.", len(group))
    if group["measure"].nunique() < 2:
        return html.P(count, className="source lead")
    link = html.A(_("Which tariffs stack"), href=f"#stacking-{imposer.lower()}")
    said = _.parts(
        "{count} A good on two of these lists does not always pay both: {rules}.", {"count": count, "rules": link}
    )
    return html.P(said, className="source lead")


def _texts(view: View, group: pd.DataFrame, caption: str) -> html.Details:
    """The text behind each rate, folded away."""
    summary = view.text("Texts and notes behind each rate")
    return html.Details([html.Summary(summary), _matrix(view, group, caption)], className="texts")


def _matrix(view: View, group: pd.DataFrame, caption: str) -> html.Div:
    _ = view.text
    rows = list(group.sort_values(["effective_from", "measure", "product_scope"]).itertuples())
    return table(
        caption,
        [
            Column(_("Goods"), [goods(_, r) for r in rows], numeric=False),
            Column(_("Rate"), [[html.Strong(rate(_, r)), rate_detail(_, r)] for r in rows]),
            Column(_("USMCA goods"), [usmca_rate(_, r) for r in rows]),
            Column(_("Since"), [_.short_date(r.effective_from) for r in rows]),
            Column(_("Instrument"), [instrument(view, r) for r in rows], numeric=False),
        ],
        "table matrix",
    )


def _rules(view: View, rules: pd.DataFrame, group: pd.DataFrame, imposer: str) -> html.Div | None:
    """State which of the duties in force are added to each other, each rule with its text."""
    _ = view.text
    if group["measure"].nunique() < 2:
        return None
    title = html.H4(_("Which tariffs stack"))
    if rules.empty:
        said = _(
            "No rule on adding these duties to each other was found. A good on two of the lists is not settled here."
        )
        return html.Div([title, html.P(said)], className="stacking", id=f"stacking-{imposer.lower()}")
    items = [
        html.Li(
            [
                html.Strong(_relation(_, rule.relation), className=f"relation {rule.relation}"),
                html.Div([html.P(_.data(rule.text)), evidence(view, rule)]),
            ]
        )
        for rule in rules.itertuples()
    ]
    return html.Div([title, html.Ul(items)], className="stacking", id=f"stacking-{imposer.lower()}")


def _relation(_: Text, relation: str) -> str:
    return {"instead": _("Not added"), "added": _("Added"), "not_known": _("Not known")}[relation]


def _length(view: View) -> int:
    """Days of the slider after its first."""
    return (view.coverage.last_day - view.coverage.first_day).days


def _place(view: View, day: dt.date) -> str:
    """Place of a day on the slider, as a share of its length."""
    return f"{(day - view.coverage.first_day).days / _length(view) * 100:.2f}%"


def _slider(view: View, days: list[dt.date]) -> html.Div:
    """The browser's own slider over every day of the collection, with a tick at each change."""
    _, on = view.text, view.selection.on
    halves = [day.date() for day in pd.date_range(*view.coverage.tariff_days, freq="6MS")]
    return html.Div(
        [
            html.Div(
                [
                    html.Label(_("Drag to a day"), htmlFor=SLIDER),
                    html.Output(_.verbatim(on.isoformat()), id="day-shown", htmlFor=SLIDER),
                ],
                className="slider-words",
            ),
            dcc.Input(
                id=SLIDER,
                type="range",
                min=0,
                max=_length(view),
                step=1,
                value=(on - view.coverage.first_day).days,
                debounce=True,
                className="slider",
            ),
            html.Div([html.Span(style={"left": _place(view, day)}) for day in days], className="ticks", **HIDDEN),
            html.Div(
                [html.Span(_.month(day), style={"left": _place(view, day)}) for day in halves],
                className="months",
                **HIDDEN,
            ),
        ],
        className="day-slider",
        **{"data-first": view.coverage.first_day.isoformat(), "data-box": ids.TARIFF_DAY},
    )


# The ticks only repeat to the eye what the list of changes says.
HIDDEN = {"aria-hidden": "true"}


def _controls(view: View, days: list[dt.date]) -> html.Div:
    _, on = view.text, view.selection.on
    before, after = tariffs.neighbours(days, on)
    options = [{"label": _.date(d), "value": d.isoformat()} for d in reversed(days)]
    return html.Div(
        [
            html.Div(
                [
                    html.Label(_("Day (year-month-day)"), htmlFor=ids.TARIFF_DAY),
                    dcc.Input(
                        id=ids.TARIFF_DAY,
                        value=on.isoformat(),
                        debounce=True,
                        type="text",
                        size="10",
                        inputMode="numeric",
                        autoComplete="off",
                        className="day",
                    ),
                ],
                className="control inline",
            ),
            html.Div(
                [
                    html.Span(_("or a day of change"), id="tariff-change-label"),
                    dcc.Dropdown(
                        id=ids.TARIFF_CHANGE,
                        options=options,
                        clearable=False,
                        searchable=False,
                        value=on.isoformat() if on in days else None,
                        placeholder=_("choose"),
                        className="word",
                    ),
                ],
                role="group",
                className="control inline",
                **{"aria-labelledby": "tariff-change-label"},
            ),
            _step_link(view, before, _("Change before"), "←"),
            _step_link(view, after, _("Change after"), "→"),
        ],
        className="day-controls",
        **{"data-first": view.coverage.first_day.isoformat()},
    )


def _step_link(view: View, day: dt.date | None, label: str, arrow: str) -> html.Span | dcc.Link:
    if day is None:
        return html.Span([arrow, " ", label], className="way off")
    # The id lets the focus return to the link after the page is drawn for the new day.
    link_id = "change-before" if arrow == "←" else "change-after"
    return dcc.Link(
        [arrow, " ", label], id=link_id, href=view.href(PATH, on=day), className="way", title=view.text.date(day)
    )
