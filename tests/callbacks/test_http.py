"""The server around the app: which names it answers to, and what it compresses."""

from __future__ import annotations

import datetime as dt
import gzip

import pytest

from app import create_app
from callbacks import http

PAGE = "/trade?partner=USA"


@pytest.fixture(scope="module")
def known_server(store, text):
    """A server that knows its own names."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(http.HOSTS, "trade.example .example.org")
        return create_app(store, text).server


@pytest.mark.parametrize(
    "host", ["trade.example", "trade.example:8050", "a.example.org", "localhost", "127.0.0.1:8050"]
)
def test_names_of_the_server_are_answered(known_server, host):
    response = known_server.test_client().get(PAGE, headers={"Host": host})
    assert response.status_code == 200
    assert f"http://{host}/preview/trade.png" in response.text


@pytest.mark.parametrize("address", [PAGE, "/download/trade/trade.about", "/embed/trade", "/api/v1/gdp"])
@pytest.mark.parametrize("host", ["evil.example", "trade.example.evil.example", "example.organic"])
def test_other_names_are_refused_and_not_repeated(known_server, address, host):
    response = known_server.test_client().get(address, headers={"Host": host})
    assert response.status_code == 400
    assert f"//{host}" not in response.text


def test_the_policy_is_complete_where_names_are_set(known_server, client):
    known = known_server.test_client().get(PAGE).headers["Content-Security-Policy"]
    assert known == client.get(PAGE).headers["Content-Security-Policy"]


def test_every_name_is_answered_where_none_is_set(client):
    assert client.get(PAGE, headers={"Host": "anything.example"}).status_code == 200
    assert http.trusted_hosts(" ") is None


@pytest.mark.parametrize(
    ("address", "mime"),
    [
        (PAGE, "text/html"),
        ("/api/v1/observations.csv?reporter=CAN", "text/csv"),
        ("/download/trade/trade.csv?rows=full", "text/csv"),
        ("/api/v1/observations.json?reporter=CAN", "application/json"),
    ],
)
def test_text_is_compressed(client, address, mime):
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.mimetype == mime
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    # Dash writes its part of a page in another order each time.
    unpacked = gzip.decompress(packed.data)
    assert unpacked == plain.data if mime != "text/html" else b"</html>" in unpacked


def test_what_is_packed_already_is_not_compressed_again(client):
    response = client.get("/download/trade/trade.zip", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response.headers


def test_a_download_says_the_day_of_the_reader(client):
    today = dt.datetime.now(dt.UTC).date()
    tomorrow, later = ((today + dt.timedelta(days=days)).isoformat() for days in (1, 2))
    # In Auckland it may be tomorrow already, in Vancouver still yesterday; nowhere is it two days on.
    for day in (tomorrow, today.isoformat(), "2026-11-25"):
        texts = client.get(f"/download/trade/trade.about?day={day}").json["texts"]
        assert texts["short"].endswith(f", {day}.") and f"accessed {day}" in texts["long"]
    assert f"{today}." in client.get("/download/trade/trade.about").json["texts"]["short"]
    for day in (later, "2026-13-01", "20261125", "yesterday", ""):
        refusal = client.get(f"/download/trade/trade.csv?day={day}")
        assert refusal.status_code == 400
        assert f"day cannot be “{day}”; accepted: a day to {tomorrow}, such as {today}." in refusal.json["detail"]
