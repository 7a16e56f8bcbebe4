"""The frame of every page: header, filter sentence, notices, content, footer."""

from __future__ import annotations

from collections.abc import Collection

from dash import dcc, html

from data.coverage import Coverage
from data.selection import FREQUENCIES, Selection
from layouts import ids
from layouts.export.dialog import export_dialog
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text


def shell(_: Text, coverage: Coverage) -> html.Div:
    """Lay out what stays while pages change. Controls get their values from the address."""
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh=False),
            dcc.Store(id=ids.THEME),
            dcc.Store(id=ids.OPEN_PANELS, data=[]),
            dcc.Store(id=ids.APPLIED),
            dcc.Store(id=ids.PAGE_TITLE),
            html.A(_("Skip to content"), href="#content", className="skip"),
            html.Header(
                html.Div(
                    [
                        dcc.Link(html.Span("Bilateral", **{"data-verbatim": "1"}), href="/", className="brand"),
                        html.Nav(id=ids.NAVIGATION, **{"aria-label": _("Pages")}),
                        html.P(
                            _(
                                "Trade and tariffs of {countries}",
                                countries=_.listing(countries.short(_, c) for c in coverage.home),
                            ),
                            className="tagline",
                        ),
                        html.Button(
                            "◐",
                            id=ids.THEME_TOGGLE,
                            className="quiet",
                            title=_("Light or dark"),
                            **{"aria-label": _("Light or dark")},
                        ),
                    ],
                    className="column header-row",
                ),
                className="header",
            ),
            html.Div(
                html.Div(
                    [
                        html.Button(
                            id=ids.FILTER_TOGGLE,
                            className="filter-toggle",
                            **{"aria-expanded": "false", "aria-controls": ids.FILTER_BAR},
                        ),
                        html.Div(filter_sentence(_, coverage), id=ids.FILTER_BAR, className="sentence"),
                    ],
                    className="column",
                ),
                id=ids.FILTER_REGION,
                className="filters",
                role="search",
                **{"aria-label": _("Filters")},
            ),
            html.Main(
                [
                    html.Nav(id=ids.TABS, className="views", **{"aria-label": _("Views")}),
                    html.Div(id=ids.NOTICES),
                    html.Div(id=ids.CONTENT),
                ],
                id="content",
                className="column",
                tabIndex=-1,
            ),
            html.Footer(html.Div(_footer(_, coverage), className="column"), className="footer"),
            export_dialog(_),
            html.Div(id="message", className="message", role="status", hidden=True),
        ]
    )


def _footer(_: Text, coverage: Coverage) -> list:
    return [
        html.P(
            _(
                "Bilateral shows goods trade of {countries} from published figures.",
                countries=_.listing(countries.subject(_, c) for c in coverage.countries),
            )
        ),
        html.P(
            _("Customs basis, not seasonally adjusted. Every figure leads to its source; gaps are listed, not filled.")
        ),
        html.P(
            [
                dcc.Link(_("Sources, definitions and known gaps"), href="/sources", className="way"),
                dcc.Link(_("API"), href="/api", className="way"),
            ],
            className="ways",
        ),
        html.P(html.Button(_("Reopen the view of a downloaded picture"), className="action", **{"data-reopen": "1"})),
    ]


def filter_sentence(_: Text, coverage: Coverage) -> list:
    """Read the filter bar as one sentence whose variable words are controls."""
    start = Selection.usual(coverage)
    years = [{"label": str(y), "value": y} for y in range(coverage.last_year, coverage.first_year - 1, -1)]
    places = [{"label": countries.name(_, c), "value": c} for c in coverage.countries]
    controls = {
        "country": _control(_("Country"), ids.COUNTRY, places, start.reporter),
        "partner": _control(_("Partner"), ids.PARTNER, places, start.partner),
        "first": _control(_("First year"), ids.FIRST_YEAR, years, start.years[0], _search(_)),
        "last": _control(_("Last year"), ids.LAST_YEAR, years, start.years[1], _search(_)),
        "frequency": _control(
            _("Frequency"),
            ids.FREQUENCY,
            [{"label": _.frequency(f), "value": f} for f in FREQUENCIES],
            start.freq,
        ),
        "currency": _control(
            _("Currency"),
            ids.CURRENCY,
            [{"label": _.currency(c), "value": c} for c in coverage.currencies],
            start.currency,
        ),
    }
    message = _.parts("Trade of {country} with {partner}, {first} to {last}, {frequency}, in {currency}", controls)
    said = [html.Span(part, className="words") if isinstance(part, str) else part for part in message]
    return [*said, html.Span(id=ids.CLEAR, className="clear")]


def _control(
    label: str, control_id: str, options: list[dict], value: object, search: dict[str, str] | None = None
) -> html.Div:
    """One variable word of the sentence; the group carries the name that the dropdown itself cannot.

    ``search`` are the words of the field in which a reader types to narrow a long list; a short one has none.
    """
    label_id = f"{control_id}-label"
    return html.Div(
        [
            html.Span(label, id=label_id, className="visually-hidden"),
            dcc.Dropdown(
                id=control_id,
                options=options,
                value=value,
                clearable=False,
                searchable=bool(search),
                className="word",
                labels=search or {},
            ),
        ],
        role="group",
        className=f"control {control_id}",
        **{"aria-labelledby": label_id},
    )


def _search(_: Text) -> dict[str, str]:
    """Words of the field that narrows a list of years."""
    return {"search": _("Type a year"), "clear_search": _("Clear"), "no_options_found": _("No such year")}


def clear_choices(view: View, path: str) -> dcc.Link | None:
    """Lead back to the page as it opens; None where nothing was chosen."""
    if not view.choice.to_query():
        return None
    return dcc.Link(view.text("Clear choices"), href=path, className="way")


def short_choice(view: View, idle: Collection[str] = ()) -> str:
    """Sum the filters up in a line for a phone, without those that are put away."""
    _, chosen = view.text, view.selection
    pair = _(
        "{country} – {partner}",
        country=countries.name(_, chosen.reporter),
        partner=countries.name(_, chosen.partner),
    )
    rest = {
        "years": _.years(chosen.years),
        "freq": _.frequency(chosen.freq),
        "currency": _.verbatim(chosen.currency),
    }
    return _.apart([pair, *(words for name, words in rest.items() if name not in idle)])


def not_found(view: View, path: str) -> html.Div:
    """Say that there is no such page and where to go."""
    _ = view.text
    return html.Div(
        [
            html.H1(_("There is no page at this address")),
            html.P(
                _(
                    "“{path}” leads nowhere. The pages are listed above; your choice of countries and years is kept.",
                    path=_.verbatim(path[:80]),
                )
            ),
            html.P(dcc.Link(_("Go to the overview"), href=view.href("/"))),
        ],
        className="lead",
    )
