"""The OpenAPI document: every table with its words, columns, units and codes, taken from the declarations."""

from __future__ import annotations

from typing import Any

from data.api.answer import FORMATS, LICENCE, META_SOURCES, MIMES, PROBLEM_MIME, PROBLEMS
from data.api.query import DESCRIBED, LIMIT, MOST, Query, accepted, complete
from data.api.resources import CONVERTED_FIELDS, JSON_TYPE, RESOURCES, Filter, Resource
from data.export.sheet import records
from data.schema.columns import RATE_CURRENCY
from data.schema.fields import DATE, Field
from data.store import Store

BASE = "/api/v1"
VERSION = "1.0.0"
YEARS = r"^[0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4])?(-[0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4])?)?$"
ABOUT = (
    "Rows of every table of Bilateral. Words and codes are those of the addresses of the pages; a word that is left "
    "out does not choose. Unknown words and values are refused, but for what trackers add to links. Values are as "
    "published: what is not known is null (JSON, Parquet) or empty (CSV), never zero. Answers are for programs and are "
    "not opened to pages of other sites (no CORS header)."
)


def examples(store: Store) -> dict[str, str]:
    """A value of each word that gives rows."""
    return store.remember(_examples)


def _examples(store: Store) -> dict[str, str]:
    held = store.coverage
    first, last = held.years_shown["annual"]
    return {
        "reporter": held.reporter,
        "partner": held.partner(held.reporter),
        "years": f"{max(first, last - 10)}-{last}",
        "freq": "annual",
        "currency": RATE_CURRENCY,
        "flow": "export",
        "scheme": "HS2",
        "product": "87",
        "on": store.events.set_index("event_id").at[held.usual_event, "date"].date().isoformat(),
        "category": "trade_policy",
    }


def document(store: Store) -> dict[str, Any]:
    """Write the document for the tables as they are."""
    paths: dict[str, Any] = {}
    for resource in RESOURCES.values():
        paths[f"{BASE}/{resource.name}"] = {"get": _operation(store, resource, with_suffix=False)}
        paths[f"{BASE}/{resource.name}.{{format}}"] = {"get": _operation(store, resource, with_suffix=True)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Bilateral",
            "version": VERSION,
            "summary": "Goods trade, tariffs and retaliation among Canada, Mexico and the United States",
            "description": ABOUT,
            "license": {"name": "The program: MIT. " + LICENCE},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": r.name, "description": r.table.meaning} for r in RESOURCES.values()],
        "paths": paths,
        "components": {
            "schemas": {_schema_name(r): row_schema(r) for r in RESOURCES.values()} | _common_schemas(),
            "headers": _headers(),
            "responses": _problems(),
        },
    }


def _schema_name(resource: Resource) -> str:
    return "".join(part.title() for part in resource.name.split("-")) + "Row"


def row_schema(resource: Resource) -> dict[str, Any]:
    """One row: columns of a conversion come only when a currency was asked for."""
    more = CONVERTED_FIELDS if resource.money else ()
    return {
        "type": "object",
        "description": resource.table.meaning,
        "properties": {f.name: field_schema(f) for f in (*resource.fields, *more)},
        "required": [f.name for f in resource.fields],
        "additionalProperties": False,
    }


def field_schema(one: Field) -> dict[str, Any]:
    """One column in the words of JSON Schema; what need not be known may be null."""
    kind: Any = JSON_TYPE[one.kind]
    made: dict[str, Any] = {"type": kind if one.required else [kind, "null"], "description": one.meaning}
    if one.unit:
        made["x-unit"] = one.unit
    if one.allowed:
        made["enum"] = [*one.allowed, *([] if one.required else [None])]
    elif one.pattern:
        made["pattern"] = f"^(?:{one.pattern})$"
    if one.kind == DATE:
        made["format"] = "date"
    if one.minimum is not None:
        made["minimum"] = one.minimum
    if one.maximum is not None:
        made["maximum"] = one.maximum
    return made


def _operation(store: Store, resource: Resource, with_suffix: bool) -> dict[str, Any]:
    suffix = {
        "name": "format",
        "in": "path",
        "required": True,
        "description": "format of the answer",
        "schema": {"type": "string", "enum": list(FORMATS)},
        "example": FORMATS[0],
    }
    mimes = {MIMES[f]: _content(store, resource, f) for f in FORMATS}
    refused = (400, 404, 405, 414) if with_suffix else (400, 405, 406, 414)
    return {
        "operationId": f"{resource.name}-as" if with_suffix else resource.name,
        "tags": [resource.name],
        "summary": resource.table.meaning,
        "parameters": [*([suffix] if with_suffix else []), *parameters(store, resource)],
        "responses": {
            "200": {
                "description": "A page of rows.",
                "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in _headers()},
                "content": mimes,
            },
            "304": {"description": "The answer is the one that is already held."},
            **{str(status): {"$ref": f"#/components/responses/{status}"} for status in refused},
        },
    }


def parameters(store: Store, resource: Resource) -> list[dict[str, Any]]:
    """Every word of a table as the document declares it."""
    made = [_parameter(store, f.name, f.meaning, _filter_schema(store, resource, f)) for f in resource.filters]
    if resource.money:
        what = "currency to convert into at the average rate of each period; adds value, rate and rate_currency"
        made.append(_parameter(store, "currency", what, {"type": "string", "enum": list(store.coverage.currencies)}))
    whole = {"type": "integer"}
    limit = whole | {"minimum": 1, "maximum": MOST, "examples": [LIMIT]}
    usual = (
        f"{LIMIT} in JSON when left out; CSV and Parquet then hold all rows, or are refused when there are over {MOST}"
    )
    made.append(_parameter(store, "limit", f"rows of a page at most: {usual}", limit))
    made.append(_parameter(store, "offset", "rows before the page", whole | {"minimum": 0, "default": 0}))
    return made


def _filter_schema(store: Store, resource: Resource, one: Filter) -> dict[str, Any]:
    codes = accepted(store, resource, one)
    if one.name == "years":
        return {"type": "string", "pattern": YEARS, "x-accepted": DESCRIBED["years"].format(*codes)}
    if one.name == "on":
        return {"type": "string", "format": "date", "x-accepted": DESCRIBED["on"].format(*codes)}
    # A code that occurs: an accepted one may have no rows in this table.
    table = getattr(store, resource.table.name)
    usual = [code for code in (examples(store).get(one.name), *codes) if code in codes]
    example = next((code for code in usual if one.keep(table, code).any()), codes[0])
    return {"type": "string", "enum": list(codes), "examples": [example]}


def _parameter(store: Store, name: str, meaning: str, schema: dict[str, Any]) -> dict[str, Any]:
    own = schema.pop("examples", None)
    example = own[0] if own else examples(store).get(name, schema.get("default"))
    return {"name": name, "in": "query", "description": meaning, "schema": schema, "example": example}


def _content(store: Store, resource: Resource, suffix: str) -> dict[str, Any]:
    if suffix != "json":
        return {"schema": {"type": "string"} | ({"format": "binary"} if suffix == "parquet" else {})}
    query = Query(resource)
    first = complete(store, query, getattr(store, resource.table.name).head(1))
    return {
        "schema": {
            "type": "object",
            "properties": {
                "data": {"type": "array", "items": {"$ref": f"#/components/schemas/{_schema_name(resource)}"}},
                "meta": {"$ref": "#/components/schemas/Meta"},
            },
            "required": ["data", "meta"],
            "additionalProperties": False,
        },
        "examples": {"row": {"summary": "The first row", "value": {"data": records(first, resource.fields)}}},
    }


def _common_schemas() -> dict[str, Any]:
    text, whole = {"type": "string"}, {"type": "integer", "minimum": 0}
    meta = {
        "table": text,
        "meaning": text,
        "count": whole | {"description": "rows of this page"},
        "total": whole | {"description": "rows of all pages"},
        "limit": whole,
        "offset": whole,
        "sources": {"type": "array", "items": {"$ref": "#/components/schemas/Source"}},
        "licence": text,
        "vintage": {
            "type": ["string", "null"],
            "format": "date",
            "description": "newest dated vintage among the sources",
        },
        "edition": text | {"description": "changes when the tables do"},
    }
    error = {"field": text, "value": text, "allowed": {"type": "array", "items": text}, "detail": text}
    problem = {
        "type": text,
        "title": text,
        "status": {"type": "integer", "enum": list(PROBLEMS)},
        "detail": text,
        "instance": text,
        "errors": {"type": "array", "items": _object(error)},
    }
    return {
        "Meta": _object(meta),
        "Source": _object({f.name: field_schema(f) for f in META_SOURCES}),
        "Problem": _object(problem, optional=("errors",)),
    }


def _object(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _headers() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "ETag": {"description": "edition of the tables and format of the answer", "required": True, "schema": text},
        "Last-Modified": {"description": "when the tables were built", "schema": text},
        "Link": {"description": "pages before and after (prev, next), this document (describedby)", "schema": text},
        "X-Total-Count": {"description": "rows of all pages", "required": True, "schema": {"type": "integer"}},
    }


def _problems() -> dict[str, Any]:
    content = {PROBLEM_MIME: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(status): {"description": f"{title}.", "content": content} for status, title in PROBLEMS.items()}
