"""Asks clamd whether there is a virus in a file. Whatever goes wrong means: not looked at yet, never clean."""

import logging
import os
import re
import socket
import time

from django.conf import settings

from cases.models import Bijlage

TIMEOUT = 20  # seconds, for all files of a form together
CHUNK = 64 * 1024
ANSWER = 4096
CLEAN, FOUND = b"stream: OK\0", re.compile(rb"stream: [^\0]+ FOUND\0")


def address(clamd):
    """(family, where) of `unix:/path` or `tcp:host:port`; ValueError when it is neither."""
    kind, _, where = clamd.partition(":")
    if kind == "unix" and where.startswith("/"):
        return socket.AF_UNIX, where
    host, _, port = where.rpartition(":")
    if kind == "tcp" and host and port.isdecimal():
        return socket.AF_INET, (host.strip("[]"), int(port))
    raise ValueError("CLAMD is unix:/path or tcp:host:port")


def scan(content, deadline=None):
    """What is known about this content now (`Bijlage.Scan`)."""
    if settings.ZONDER_SCANNER:
        return Bijlage.Scan.GEEN
    try:
        answer = ask(content, deadline or time.monotonic() + TIMEOUT)
    except (OSError, ValueError) as error:
        logging.getLogger(__name__).error("clamd: %s", error)
        return Bijlage.Scan.WACHT
    if FOUND.fullmatch(answer):
        return Bijlage.Scan.BESMET
    return Bijlage.Scan.SCHOON if answer == CLEAN else Bijlage.Scan.WACHT


def ask(content, deadline):
    """Its whole answer to this content, until it hangs up."""
    family, where = address(settings.CLAMD)
    connect = socket.create_connection if family == socket.AF_INET else unix
    with connect(where, timeout=left(deadline)) as clamd:
        message = b"zINSTREAM\0"
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            message += len(part).to_bytes(4, "big") + part
            clamd.settimeout(left(deadline))
            clamd.sendall(message)
            message = b""
        clamd.sendall(message + bytes(4))
        answer = b""
        while len(answer) <= ANSWER:
            clamd.settimeout(left(deadline))
            if not (part := clamd.recv(ANSWER)):
                break
            answer += part
    return answer


def left(deadline):
    """Seconds until the deadline; an error when it has passed."""
    if (seconds := deadline - time.monotonic()) <= 0:
        raise TimeoutError("no answer in time")
    return seconds


def unix(path, timeout):
    clamd = socket.socket(socket.AF_UNIX)
    clamd.settimeout(timeout)
    if fault := clamd.connect_ex(path):
        clamd.close()
        raise OSError(fault, os.strerror(fault))
    return clamd
