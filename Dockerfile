# Build:  docker build -t bilateral .
# Run:    docker run --rm -p 8050:8050 bilateral

# ---- Install the packages, build the data and compress the static files ------------------------------------
FROM python:3.11-slim AS builder

RUN apt-get update \
    && apt-get install --yes --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/*

ENV PIP_NO_CACHE_DIR=1 \
    PYTHONDONTWRITEBYTECODE=1

WORKDIR /app

# The packages come before the code: they change less often, and this layer is then reused.
COPY Makefile requirements.lock ./
RUN make install VENV=/opt/venv

COPY app.py ./
COPY callbacks callbacks
COPY layouts layouts
COPY data data
RUN make build static VENV=/opt/venv

# ---- What runs: Python, the packages and the app ------------------------------------------------------------
FROM python:3.11-slim

# A number, so that a cluster that forbids root can tell this user is not root.
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin bilateral

COPY --from=builder /opt/venv /opt/venv
# The files belong to root: the app reads them and cannot change them.
COPY --from=builder /app/app.py /app/app.py
COPY --from=builder /app/callbacks /app/callbacks
COPY --from=builder /app/layouts /app/layouts
COPY --from=builder /app/data /app/data

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8050 \
    WORKERS=2

WORKDIR /app
USER 10001
EXPOSE 8050

HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"]

CMD ["gunicorn", "-c", "callbacks/gunicorn.py", "app:server"]
