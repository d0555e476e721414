"""granian as production starts it, but loaded before it forks: a worker that was killed is back in a moment.

When the harness ends, however it ends, its end of the pipe closes and everything here ends with it.
"""

import os
import signal
import sys
import threading

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from granian.cli import cli
from granian.server.common import AbstractServer

from bench.chaos import broken

application = get_wsgi_application()


def end_with_the_harness():
    os.read(0, 1)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    broken.install()
    if sys.argv[1:] == ["worker"]:  # of the queue
        sys.exit(call_command("worker"))
    _ = get_resolver().url_patterns
    # a worker that dies twice in five seconds makes granian stop: here they die by our hand, and it should go on
    AbstractServer.respawned_wrks = property(lambda self: {}, lambda self, value: None)
    threading.Thread(target=end_with_the_harness, daemon=True).start()
    cli()
