"""Mail servers: one that is away, one that refuses, and one that keeps what it gets, by Message-ID."""

import smtplib
import socket
from collections import Counter
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller
from django.core.mail.backends.base import BaseEmailBackend


class Weg(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError(111, "Connection refused")


class Weigert(BaseEmailBackend):
    """Says what a mail server says for good."""

    error = smtplib.SMTPRecipientsRefused({"sam@berg.test": (550, b"No such user sam@berg.test")})

    def send_messages(self, messages):
        raise self.error


class Sink:
    """Takes every mail; `answer` says otherwise. What arrived, counted by Message-ID."""

    def __init__(self, answer="250 OK"):
        self.answer, self.messages = answer, []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.answer.startswith("250"):
            self.messages.append((tuple(envelope.rcpt_tos), message_from_bytes(envelope.content, policy=default)))
        return self.answer

    @property
    def keys(self):
        return Counter(message["Message-ID"] for _, message in self.messages)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def smtp(port, sink):
    """A mail server on this port, for as long as the block takes."""
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
