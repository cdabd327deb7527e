# syntax=docker/dockerfile:1
# The service as an image: the checkout and its locked packages, run by a user who owns nothing but /data.

FROM ghcr.io/astral-sh/uv:0.13.8 AS uv

FROM python:3.13-slim-bookworm AS build
COPY --from=uv /uv /usr/local/bin/uv
ENV UV_CACHE_DIR=/var/cache/uv \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_NO_PROGRESS=1 \
    UV_PYTHON_DOWNLOADS=never
WORKDIR /opt/parley
# Packages first: this layer is built again only when the lock file changes.
RUN --mount=type=cache,target=/var/cache/uv \
    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
    --mount=type=bind,source=uv.lock,target=uv.lock \
    uv sync --frozen --no-dev --no-install-project
COPY . .
RUN --mount=type=cache,target=/var/cache/uv \
    uv sync --frozen --no-dev

FROM python:3.13-slim-bookworm
# uid and gid are fixed, so that a volume can be made for them.
RUN groupadd --gid 10001 parley \
    && useradd --uid 10001 --gid parley --no-create-home --home-dir /data --shell /usr/sbin/nologin parley \
    && install --directory --owner=parley --group=parley --mode=0700 /data
COPY --from=build /opt/parley /opt/parley
ENV PATH=/opt/parley/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /opt/parley
USER parley
# Written to at run time: /data (the embedded Postgres, when DATABASE_URL is not set) and /tmp. The rest may be read-only.
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/ready', timeout=2)"]
ENTRYPOINT ["parley"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000", "--data-dir", "/data"]
