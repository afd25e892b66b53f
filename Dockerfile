# syntax=docker/dockerfile:1
# Constat's web server, worker and commands in one image; compose.yaml runs them.
FROM python:3.11-slim-bookworm AS made
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 LANG=C.UTF-8
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /srv/constat
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock
COPY claims/extraction/pipeline/*.whl /tmp/pipeline/
RUN pip install --no-deps --no-index /tmp/pipeline/*.whl
COPY . .
# The key signs nothing: it is made for this one command, and forgotten.
RUN CONSTAT_PRODUCTION=1 CONSTAT_HOSTS=localhost \
    CONSTAT_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    python manage.py collectstatic --no-input \
    && python -m compileall -q background claims config seeds sources

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin constat \
    && install --directory --owner=constat --mode=0700 /data /backups
COPY --from=made /opt/venv /opt/venv
COPY --from=made /srv/constat /srv/constat
WORKDIR /srv/constat
ENV PATH=/opt/venv/bin:$PATH LANG=C.UTF-8 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    CONSTAT_PRODUCTION=1 CONSTAT_DATA=/data CONSTAT_BIND=0.0.0.0:8000 \
    PROMETHEUS_MULTIPROC_DIR=/tmp/metrics
USER constat
VOLUME ["/data", "/backups"]
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz/web', timeout=9)"]
STOPSIGNAL SIGTERM
CMD ["gunicorn", "-c", "config/serving.py", "config.wsgi"]
