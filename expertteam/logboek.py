"""The log of production: one line of JSON for each thing that happened, whatever somebody put in it."""

import json
import logging
import re
import time
import traceback
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime

VERZOEK = ContextVar("verzoek", default="")  # the request that is being answered
WIE = ContextVar("wie", default="")  # the key of who asks; never a name
NUMBER = re.compile("[0-9a-f]{32}")  # what the proxy may give a request
LOG = logging.getLogger("expertteam.verzoek")


class VerzoekMiddleware:
    """The outermost: a request has a number, that its answer carries too, and leaves one line without a person."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        begin, given = time.monotonic(), request.headers.get("X-Request-ID", "")
        VERZOEK.set(given if NUMBER.fullmatch(given) else uuid.uuid4().hex)
        WIE.set("")
        response = self.get_response(request)
        response["X-Request-ID"] = VERZOEK.get()
        asks = WIE.set("")  # which pages somebody opened stands in Inzage, under its own rules, and not here
        where = request.resolver_match
        line = {"method": request.method, "route": where.route if where else "", "status": response.status_code}
        LOG.info("answered", extra={"line": line | {"ms": round((time.monotonic() - begin) * 1000)}})
        WIE.reset(asks)  # a line about a refusal still says it
        return response


class JsonFormatter(logging.Formatter):
    def format(self, record):
        """One line: a newline, an escape or a quote in a value stays inside that value."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": VERZOEK.get(),
            "who": WIE.get(),
            "message": record.getMessage(),
        } | getattr(record, "line", {})
        if record.exc_info:
            line["error"] = what_and_where(*record.exc_info)
        return json.dumps(line, default=str)


def what_and_where(kind, error, trace):
    """The kind of error and the lines it passed; not its text: the database quotes the row that it refuses."""
    if kind is None:
        return ""
    return "".join(traceback.format_tb(trace)) + f"{kind.__module__}.{kind.__qualname__}"
