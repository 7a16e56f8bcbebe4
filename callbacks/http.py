"""The web server around the app: headers, compression, static files, real 404s."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from dash import Dash
from flask import Flask, Response, request
from flask_compress import Compress
from whitenoise import WhiteNoise

from callbacks.pages import known_path

log = logging.getLogger("bilateral.http")

YEAR_SECONDS = 31_536_000
POLICY = "BILATERAL_CONTENT_SECURITY_POLICY"

# Names under which readers reach us, separated by blanks; ".example.org" stands for all of its subdomains. Links, cards
# and citations repeat the name that was asked for, so a server that anybody can reach should know its own.
HOSTS = "BILATERAL_HOSTS"
# The health check and the machine itself ask under these.
OWN_HOSTS = ("localhost", "127.0.0.1")
COMPRESSED = [
    "text/html",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/json",
    "image/svg+xml",
    "text/csv",
]

# Under these names Dash answers with its page, whatever the path.
DASH_PAGES = ("/", "/<path:path>")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def register(app: Dash, assets: Path) -> None:
    """Wrap an app whose callbacks and layout are complete."""
    server: Flask = app.server
    server.config["TRUSTED_HOSTS"] = trusted_hosts(os.environ.get(HOSTS, ""))
    server.config["COMPRESS_MIMETYPES"] = COMPRESSED
    server.config["COMPRESS_ALGORITHM"] = ["br", "zstd", "gzip"]
    # Callback answers are compressed while the reader waits: the cheap level already does most of the work.
    server.config["COMPRESS_BR_LEVEL"] = 4
    Compress(server)

    @server.after_request
    def finish(response: Response) -> Response:
        # An embedded chart brings a policy of its own.
        response.headers.setdefault("Content-Security-Policy", server.config.get(POLICY, "default-src 'none'"))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if _is_missing_page(response):
            response.status_code = 404
        return response

    _serve_assets(app, assets)
    server.config[POLICY] = content_security_policy(app)


def trusted_hosts(given: str) -> list[str] | None:
    """Names that are answered to; None, which is all of them, when none are given."""
    return [*given.split(), *OWN_HOSTS] if given.split() else None


def content_security_policy(app: Dash) -> str:
    """Allow only our own files, plus the inline script Dash writes, by its hash."""
    # Dash completes its inline scripts when the first page is served.
    app.server.test_client().get("/")
    scripts = " ".join(f"'{h.strip(chr(39))}'" for h in app.csp_hashes())
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' {scripts}",
            # Plotly and Dash position elements with style attributes.
            "style-src 'self' 'unsafe-inline'",
            # data: is how Plotly draws a heatmap, blob: is how a chart becomes a picture.
            "img-src 'self' data: blob:",
            "connect-src 'self'",
            # data: is how a picture carries its type.
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        ]
    )


def _is_missing_page(response: Response) -> bool:
    """Dash answers every path with its page; a path we do not know must say so in its status too."""
    if response.status_code != 200 or request.method not in ("GET", "HEAD"):
        return False
    return request.endpoint in DASH_PAGES and known_path(request.path) is None


def _serve_assets(app: Dash, assets: Path) -> None:
    """Serve our files in their precompressed form. Their addresses carry a version, so they may be kept a year."""
    app.server.wsgi_app = WhiteNoise(
        app.server.wsgi_app,
        max_age=YEAR_SECONDS,
        allow_all_origins=False,
        add_headers_function=_asset_headers,
    )
    app.server.wsgi_app.add_files(str(assets), prefix="assets/")


def _asset_headers(headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
