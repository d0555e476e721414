"""The log of production: one line of JSON for each thing that happened, whatever somebody put in it."""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

VERZOEK = ContextVar("verzoek", default="")  # the request that is being answered
WIE = ContextVar("wie", default="")  # the key of who asks; never a name


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
        }
        if record.exc_info:
            line["error"] = what_and_where(*record.exc_info)
        return json.dumps(line, default=str)


def what_and_where(kind, error, trace):
    """The kind of error and the lines it passed; not its text: the database quotes the row that it refuses."""
    if kind is None:
        return ""
    return "".join(traceback.format_tb(trace)) + f"{kind.__module__}.{kind.__qualname__}"
