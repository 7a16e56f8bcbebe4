# Build:  docker build -t bilateral --build-arg REVISION="$(git rev-parse HEAD)" .
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

ARG REVISION=""
LABEL org.opencontainers.image.title="Bilateral" \
      org.opencontainers.image.description="A dashboard of trade between countries" \
      org.opencontainers.image.version="0.2.0" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.vendor="Bilateral maintainers"

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
    BILATERAL_HOST=0.0.0.0

WORKDIR /app
USER 10001
EXPOSE 8050

HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from os import environ as e; from urllib.request import urlopen; urlopen('http://127.0.0.1:%s/healthz' % (e.get('BILATERAL_PORT') or e.get('PORT') or 8050), timeout=4)"]

CMD ["gunicorn", "-c", "callbacks/gunicorn.py", "app:server"]
