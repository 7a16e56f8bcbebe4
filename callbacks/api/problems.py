"""What went wrong, in the one form that the API and the downloads answer with."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, request

from data.api.answer import PROBLEM_MIME, problem
from data.api.query import Refusal

# Every word with its longest value fits several times over.
TOO_LONG = 2000
SHOWN_OF_A_PATH = 200
# A picture of 3000 pixels' width has well under one million bytes; nothing else that is sent here is as large.
LARGEST_PICTURE = 12_000_000


def problem_response(status: int, detail: str, refusals: Iterable[Refusal] = ()) -> Response:
    """Answer with a problem; it is not to be kept, because the next edition may know what this one does not."""
    content = problem(status, detail, request.path[:SHOWN_OF_A_PATH], refusals)
    response = Response(content, status=status, content_type=PROBLEM_MIME)
    response.headers["Cache-Control"] = "no-store"
    return response
