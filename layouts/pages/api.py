"""The page for programs: how rows of every table are asked for, with lines to copy, and what each column holds."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import html

from data.api.answer import FORMATS, PROBLEMS
from data.api.openapi import BASE, examples
from data.api.query import LIMIT, MOST, accepted, parameters
from data.api.resources import CONVERTED_FIELDS, RESOURCES, Filter, Resource
from data.schema.fields import DATE, INTEGER, NUMBER, TEXT, Field
from data.store import Store
from data.years import Years
from layouts.components.sections import contents, laid_out
from layouts.components.table import Column, table
from layouts.view import View
from layouts.wording import countries
from layouts.wording.text import Text

PATH = "/api"
# A list of codes is written out down to this length.
FEW_CODES = 12
FORMAT_NAMES = {"json": "JSON", "csv": "CSV", "parquet": "Parquet"}


def page(view: View, store: Store) -> html.Div:
    """Lay out requests, answers, problems and tables."""
    _ = view.text
    sections = {
        "requests": (_("Requests for this view"), _requests(view)),
        "answers": (_("Answers"), _answers(_)),
        "problems": (_("Problems"), _problems(_)),
        "command": (_("On the command line"), _command(view)),
        "tables": (_("Tables"), [_list_of_tables(), *(_table(view, store, one) for one in RESOURCES.values())]),
    }
    return html.Div(
        [
            html.H1(_("API")),
            html.P(
                _(
                    "Every table can be asked for by address, in the words that the addresses of the pages use. "
                    "Each row names its source, its table and its vintage. What is not known stays empty."
                ),
                className="standfirst",
            ),
            contents(_, sections),
            *laid_out(sections),
        ],
        className="programs-page",
    )


def _requests(view: View) -> list:
    _, chosen, held = view.text, view.selection, view.coverage.products
    pair = {"reporter": chosen.reporter, "partner": chosen.partner}
    years = str(Years.of(chosen.years))
    asked = {
        _("Goods trade of the pair"): (
            "observations.csv",
            {**pair, "years": years, "freq": chosen.freq, "currency": chosen.currency},
        ),
        _("Trade by product, as {country} records it", country=countries.subject(_, held.reporter)): (
            "products.csv",
            {"reporter": held.reporter, "scheme": "HS2", "years": str(held.years[1])},
        ),
        _("Tariffs between the two in force on a day"): ("tariffs.json", {**pair, "on": chosen.on.isoformat()}),
        _("Exchange rates"): ("exchange-rates.csv", {"freq": "monthly", "years": years}),
    }
    lines = [_request(_, label, f"{BASE}/{name}?{urlencode(words)}") for label, (name, words) in asked.items()]
    document = html.A(_("OpenAPI document"), href=f"{BASE}/openapi.json", className="way")
    return [*lines, html.P(document, className="ways")]


def _request(_: Text, label: str, address: str) -> html.Div:
    """One address to open, and to copy as programs write it. A script puts the host in the place of {origin}."""
    kind = "json" if ".json" in address else "csv"
    whole = "{origin}" + address
    programs = {
        _("Address"): whole,
        "curl": f'curl "{whole}"',
        "pandas": f'pd.read_csv("{whole}")'
        if kind == "csv"
        else f'pd.json_normalize(requests.get("{whole}").json()["data"])',
        "R": f'read.csv("{whole}")' if kind == "csv" else f'jsonlite::fromJSON("{whole}")$data',
    }
    buttons = [
        html.Span(
            [
                html.Button(
                    _.verbatim(name) if name in ("curl", "pandas", "R") else name,
                    className="action",
                    **{
                        "data-action": "copy-line",
                        "aria-label": _("Copy for {program}: {what}", program=_.verbatim(name), what=label),
                    }
                    if name in ("curl", "pandas", "R")
                    else {"data-action": "copy-line", "aria-label": _("Copy the address: {what}", what=label)},
                ),
                html.Code(line, hidden=True, **{"data-verbatim": "1"}),
            ]
        )
        for name, line in programs.items()
    ]
    return html.Div(
        [
            html.P(label, className="request-label"),
            html.A(address, href=address, className="request-line", **{"data-verbatim": "1"}),
            html.Div([html.Span(_("Copy as"), className="control-label"), *buttons], className="actions"),
        ],
        className="request",
    )


def _answers(_: Text) -> list:
    terms = {
        _("Format"): _(
            "The ending of the address: .json, .csv or .parquet. Without one the Accept header decides; JSON is the "
            "usual one."
        ),
        _("Choosing rows"): _("Each word narrows the choice. A word that is left out does not choose."),
        _("Currency"): _(
            "Values are in the currency of record. Asking for a currency adds the value at the average rate of the "
            "period, and that rate; where there is no rate, both are empty."
        ),
        _("Pages of rows"): _(
            "CSV and Parquet hold all rows; more than {most} are refused rather than cut. JSON holds {usual} unless "
            "you say otherwise. limit, at most {most}, and offset ask for a page. The Link header leads to the next "
            "and the previous page, X-Total-Count says how many rows there are.",
            usual=_.number(LIMIT),
            most=_.number(MOST),
        ),
        _("What JSON holds"): _(
            "data: the rows. meta: how many, of how many, the sources with their licences and vintages."
        ),
        _("Asking again"): _(
            "The ETag changes when the tables do. Send it back as If-None-Match; an unchanged answer is 304, without "
            "rows."
        ),
        _("From other web pages"): _(
            "No CORS header is sent, so scripts in pages of other sites cannot read the answers. Programs can."
        ),
        _("Licence"): _("Each source keeps its own terms of use; they stand beside the source."),
    }
    return [html.Dl([part for term, text in terms.items() for part in (html.Dt(term), html.Dd(text))])]


def _problems(_: Text) -> list:
    rows = {
        400: _("A word is unknown, repeated, or its value is not accepted."),
        404: _("There is no such table, format or chart."),
        405: _("Only GET and HEAD are answered; an archive of a chart also takes a picture with POST."),
        406: _("None of the formats of the Accept header is offered."),
        413: _("What was sent is larger than a picture may be."),
        414: _("The query is too long."),
    }
    return [
        html.P(
            _(
                "What cannot be answered is answered with a status and a document of the type {type}. Its errors name "
                "each word, its value and what is accepted.",
                type=_.verbatim("application/problem+json"),
            )
        ),
        table(
            _("Problems"),
            [
                Column(_("Status"), [_.verbatim(str(status)) for status in PROBLEMS], numeric=False),
                Column(_("Meaning"), [rows[status] for status in PROBLEMS], numeric=False),
            ],
        ),
    ]


def _command(view: View) -> list:
    _, held = view.text, view.coverage
    first, last = held.years_shown["annual"]
    line = (
        f"python -m data.export observations --reporter {held.reporter} --partner {held.partner(held.reporter)} "
        f"--years {first}-{last} --format csv --out trade.csv"
    )
    return [
        html.P(_("The same words write files: csv, xlsx, parquet, json or zip.")),
        html.Code(line, className="copyable", **{"data-verbatim": "1"}),
    ]


def _list_of_tables() -> html.P:
    links = [html.A(name, href=f"#table-{name}", className="way") for name in RESOURCES]
    return html.P(links, className="ways", **{"data-verbatim": "1"})


def _table(view: View, store: Store, one: Resource) -> html.Div:
    """One table: what it holds, the words it knows, its columns."""
    _ = view.text
    usual = examples(store)
    example = {f.name: usual[f.name] for f in one.filters if usual.get(f.name) in accepted(store, one, f)}
    query = f"?{urlencode(dict(list(example.items())[:2]))}" if example else ""
    addresses = [f"{BASE}/{one.name}.{suffix}{query}" for suffix in FORMATS]
    return html.Div(
        [
            html.H3(html.Code(one.name, **{"data-verbatim": "1"}), id=f"table-{one.name}"),
            html.P(_.data(one.table.meaning)),
            html.P(
                [
                    html.A(_.verbatim(FORMAT_NAMES[s]), href=a, className="way")
                    for s, a in zip(FORMATS, addresses, strict=True)
                ],
                className="ways",
            ),
            *_words(view, store, one),
            html.Details(
                [
                    html.Summary(_.ngettext("{count} column", "{count} columns", len(one.fields))),
                    _columns(_, one),
                ],
                className="note",
            ),
        ],
        className="one-table",
    )


def _words(view: View, store: Store, one: Resource) -> list:
    _ = view.text
    if not one.filters:
        return []
    rows = [(f.name, _.data(f.meaning), _codes(_, store, one, f)) for f in one.filters]
    if "currency" in parameters(one) and one.money:
        rows.append(("currency", _("currency to convert into"), _.verbatim(", ".join(store.coverage.currencies))))
    return [
        table(
            _("Words of the table {name}", name=_.verbatim(one.name)),
            [
                Column(_("Word"), [html.Code(name, **{"data-verbatim": "1"}) for name, _m, _c in rows], numeric=False),
                Column(_("Meaning"), [meaning for _n, meaning, _c in rows], numeric=False),
                Column(_("Accepted"), [codes for _n, _m, codes in rows], numeric=False),
            ],
        )
    ]


def _codes(_: Text, store: Store, one: Resource, f: Filter) -> str:
    codes = accepted(store, one, f)
    if f.name == "years":
        return _("a span within {span}, or one year", span=_.verbatim(codes[0]))
    if f.name == "on":
        return _("a day from {first} to {last}", first=_.verbatim(codes[0]), last=_.verbatim(codes[1]))
    if len(codes) > FEW_CODES:
        shown = _.verbatim(", ".join(codes[:4]))
        return _("{codes} and {count} more", codes=shown, count=_.number(len(codes) - 4))
    return _.verbatim(", ".join(codes))


def _columns(_: Text, one: Resource) -> html.Div:
    fields = (*one.fields, *(CONVERTED_FIELDS if one.money else ()))
    return table(
        _("Columns of the table {name}", name=_.verbatim(one.name)),
        [
            Column(_("Column"), [html.Code(f.name, **{"data-verbatim": "1"}) for f in fields], numeric=False),
            Column(_("Type"), [_type(_, f) for f in fields], numeric=False),
            Column(_("Meaning"), [_.data(f.meaning) for f in fields], numeric=False),
            Column(_("Unit or codes"), [_unit(_, f) for f in fields], numeric=False),
        ],
    )


def _type(_: Text, one: Field) -> str:
    named = {NUMBER: _("number"), INTEGER: _("whole number"), DATE: _("date"), TEXT: _("text")}[one.kind]
    return named if one.required else _("{type}, may be empty", type=named)


def _unit(_: Text, one: Field) -> str:
    if one.allowed:
        return _.verbatim(", ".join(one.allowed))
    return _.data(one.unit)
