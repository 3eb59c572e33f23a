"""Asked by the container engine whether this process is well: exit code 0, or 1 with a line that says why.

    healthcheck.py web          answers /healthz itself
    healthcheck.py dispatcher   the database has heard of it lately; so for worker and beat

Django is not loaded: this runs every half minute in four containers.
"""

import http.client
import os
import sys

import psycopg2

WEB = ("127.0.0.1", 8000)
PATIENCE = 5
# Longer than the portal's own patience with any of its processes (apps.core.jobs.heartbeats.FRESH).
LATELY = "120 seconds"
HEARD = "SELECT at > now() - %s::interval FROM core_heartbeat WHERE name = %s"


def main(name: str) -> str | None:
    """What is wrong, or None."""
    try:
        return web_is_wrong() if name == "web" else process_is_wrong(name)
    except (OSError, http.client.HTTPException, psycopg2.Error) as error:
        return str(error).strip()


def web_is_wrong() -> str | None:
    """Not by urllib: it would ask the city's proxy where the engine hands HTTP_PROXY to its containers."""
    connection = http.client.HTTPConnection(*WEB, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz", headers={"Host": allowed_host()})
        status = connection.getresponse().status
    finally:
        connection.close()
    return None if status == http.HTTPStatus.OK else f"/healthz answered {status}"


def allowed_host() -> str:
    """A name under which the portal may be asked: the first one; of .city.example that is city.example."""
    first = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip()
    return first.lstrip(".").replace("*", "localhost")


def process_is_wrong(name: str) -> str | None:
    connection = psycopg2.connect(os.environ["DATABASE_URL"], connect_timeout=PATIENCE)
    try:
        with connection.cursor() as cursor:
            cursor.execute(HEARD, (LATELY, name))
            row = cursor.fetchone()
    finally:
        connection.close()
    return None if row and row[0] else f"The database has not heard of {name} for {LATELY}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
