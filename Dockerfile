# One image for web, dispatcher, worker, beat and migrate: docker-compose.yml says which command each of them runs.
# Needs no compiler: every package comes as a wheel, held by its hash.
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv && \
    /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --only-binary :all: --require-hashes \
        -r /tmp/requirements.txt

FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="dxportal" \
      org.opencontainers.image.description="A city's portal for coordinating its digital transformation" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV PATH=/opt/venv/bin:$PATH \
    HOME=/tmp \
    LANG=C.UTF-8 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=dxportal.settings.production \
    MEDIA_URL_STORE=file:///var/lib/media

# The number is fixed: volumes belong to it. Lines for access.log go where all other lines of the container go.
RUN groupadd --gid 10001 portal && \
    useradd --uid 10001 --gid portal --no-create-home --home-dir /tmp --shell /usr/sbin/nologin portal && \
    mkdir /var/log/portal && \
    ln -s /dev/stdout /var/log/portal/access.log && \
    install --directory --owner portal --group portal /var/lib/portal && \
    install --directory --owner portal --group portal --mode 700 /var/lib/media

COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY . .
# Settings do not load without these; none of them is used here, and none stays in the image.
RUN python -m babel.messages.frontend --quiet compile --domain django --directory locale && \
    SECRET_KEY=not-used ALLOWED_HOSTS=not-used DATABASE_URL=postgres://not-used@/not-used \
        REDIS_URL=redis://not-used python manage.py collectstatic --noinput && \
    python -m compileall -q apps deploy dxportal manage.py && \
    chmod -R a+rX .

USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "deploy/healthcheck.py", "web"]
CMD ["python", "-m", "gunicorn", "dxportal.wsgi", "--bind", "0.0.0.0:8000", \
     "--workers", "2", "--threads", "4", "--worker-class", "gthread", "--no-control-socket", \
     "--timeout", "60", "--graceful-timeout", "30", "--max-requests", "1000", "--max-requests-jitter", "100", \
     "--access-logfile", "/var/log/portal/access.log", "--log-level", "warning"]
