"""The API over HTTP: rows of every table, the document that describes them, and problems in one form.

Everything is read-only. No CORS header is sent: programs need none, and pages of other sites are not let in.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from urllib.parse import parse_qsl, urlencode

from dash import Dash
from flask import Flask, Response, request
from werkzeug.exceptions import MethodNotAllowed, RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from callbacks.api import downloads
from callbacks.api.problems import LARGEST_PICTURE, TOO_LONG, problem_response
from data.api.answer import FORMATS, MIMES, SAYING_HOW_MANY, Edition, answer, neighbours
from data.api.openapi import BASE, document
from data.api.query import MOST, PAGING, Query, RefusedError, read, refuse_cut
from data.api.resources import RESOURCES, Resource
from data.export.text import dumped
from data.store import Store
from layouts.wording.text import Text

DOCUMENT = f"{BASE}/openapi.json"
# A copy may be kept, but is asked about before it is used: an answer changes only when the tables do.
CACHE = "no-cache"


def register(app: Dash, store: Store, text: Text) -> None:
    """Register the API and the downloads; before the headers and the compression are put around the server."""
    server: Flask = app.server
    edition = Edition.now()
    # Holds for whatever is sent, also where no header says how much will come.
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_PICTURE

    @cache
    def written_document() -> bytes:
        return dumped(document(store))

    @server.get(f"{BASE}/openapi.json", endpoint="api_document")
    def openapi() -> Response:
        return held(edition, "openapi") or finished(Response(written_document(), mimetype="application/json"), edition)

    @server.get(f"{BASE}/", endpoint="api_index", strict_slashes=False)
    def index() -> Response:
        tables = {name: {"meaning": r.table.meaning, "address": f"{BASE}/{name}"} for name, r in RESOURCES.items()}
        return Response(dumped({"tables": tables, "document": DOCUMENT}), mimetype="application/json")

    @server.get(f"{BASE}/<path:rest>", endpoint="api_rows")
    def rows(rest: str) -> Response:
        return answer_rows(store, edition, rest)

    downloads.register(app, store, text, edition)
    _register_problems(server)


def _register_problems(server: Flask) -> None:
    """Let what the server itself refuses under our addresses be answered in the form of a problem too."""

    @server.errorhandler(405)
    def not_allowed(error: MethodNotAllowed) -> BaseResponse:
        if not _ours():
            return error.get_response()
        allowed = ", ".join(sorted(error.valid_methods or ()))
        response = problem_response(405, f"{request.method} is not answered here; answered: {allowed}.")
        response.headers["Allow"] = allowed
        return response

    @server.errorhandler(413)
    def too_large(error: RequestEntityTooLarge) -> BaseResponse:
        if not _ours():
            return error.get_response()
        return problem_response(413, f"Less than {LARGEST_PICTURE} bytes may be sent.")


def _ours() -> bool:
    return request.path.startswith((f"{BASE}/", f"{downloads.BASE}/"))


def answer_rows(store: Store, edition: Edition, rest: str) -> Response:
    """Answer a request for rows: which table, which format, which rows, unless they are already held."""
    name, dot, suffix = rest.partition(".")
    resource = RESOURCES.get(name)
    if resource is None or (dot and suffix not in FORMATS):
        known = f"Tables: {', '.join(RESOURCES)}. Formats: {', '.join(FORMATS)}."
        return problem_response(404, known)
    if len(request.query_string) > TOO_LONG:
        return problem_response(414, f"A query may have {TOO_LONG} signs.")
    suffix = suffix or accepted_format()
    if not suffix:
        return problem_response(406, f"Offered: {', '.join(MIMES.values())}.")
    given = parse_qsl(request.query_string.decode("utf-8", "replace"), keep_blank_values=True)
    try:
        if suffix in SAYING_HOW_MANY:
            query = read(store, resource, given)
        else:
            query = read(store, resource, given, usual=MOST)
            refuse_cut(store, query, given)
    except RefusedError as error:
        return problem_response(400, str(error), error.refusals)
    return held(edition, suffix) or _page(store, edition, resource, query, given, suffix)


def accepted_format() -> str:
    """The best format for the Accept header, JSON when it is left out; empty when none fits."""
    if not request.accept_mimetypes:
        return FORMATS[0]
    by_type = {mime.partition(";")[0]: suffix for suffix, mime in MIMES.items()}
    best = request.accept_mimetypes.best_match(list(by_type))
    return by_type[best] if best else ""


def _page(
    store: Store, edition: Edition, resource: Resource, query: Query, given: list[tuple[str, str]], suffix: str
) -> Response:
    page = answer(store, query, suffix, request.url, edition, dt.datetime.now(dt.UTC).date())
    response = Response(page.content, content_type=MIMES[suffix])
    kept = [(word, value) for word, value in given if word not in PAGING]
    links = [f'<{DOCUMENT}>; rel="describedby"']
    for relation, other in neighbours(query, page.total).items():
        asked = urlencode([*kept, ("limit", str(other.limit)), ("offset", str(other.offset))])
        links.append(f'<{request.path}?{asked}>; rel="{relation}"')
    response.headers["Link"] = ", ".join(links)
    response.headers["X-Total-Count"] = str(page.total)
    if suffix != "json":
        response.headers["Content-Disposition"] = f'attachment; filename="{resource.name}.{suffix}"'
    return finished(response, edition, suffix)


def held(edition: Edition, variant: str) -> Response | None:
    """An answer without a body when the asker holds this edition in this form already; None otherwise."""
    response = finished(Response(), edition, variant)
    response.make_conditional(request)
    return response if response.status_code == 304 else None


def finished(response: Response, edition: Edition, variant: str = "openapi") -> Response:
    """Name the edition. The tag is weak, because compression changes the bytes and not what they say."""
    response.set_etag(f"{edition.digest}-{variant}", weak=True)
    if edition.built:
        response.last_modified = edition.built
    response.headers["Cache-Control"] = CACHE
    response.vary.add("Accept")
    return response
