"""A person at a browser: cookies, the hidden fields of a form, and what he was told."""

import html
import re
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from bench.chaos.seed import PASSWORD
from bench.vreemd import HOST

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
TIMEOUT = 60


@dataclass
class Answer:
    """Status 0: the connection broke, and nobody knows what happened."""

    status: int
    body: str = ""
    location: str = ""
    headers: dict = field(default_factory=dict)

    @property
    def hidden(self):
        return {name: html.unescape(value) for name, value in HIDDEN.findall(self.body)}

    @property
    def heading(self):
        """What the page says it is, and what it says about that."""
        found = re.search(r"<h1.*", self.body, re.S)
        return " ".join(re.sub(r"<[^>]*>", " ", html.unescape(found[0] if found else self.body)).split())[:200]

    @property
    def day(self):
        """The day that a form fills in by itself."""
        found = re.search(r'name="datum" value="([^"]*)"', self.body)
        return found[1] if found else ""

    def says(self, text):
        return text in html.unescape(self.body)


class Browser:
    """One window of one person; each has an address of its own behind the proxy."""

    def __init__(self, service, number=1):
        self.service, self.cookies = service, {}
        self.address = f"198.51.{100 + number // 250}.{number % 250 + 1}"

    def ask(self, method, path, body=None, kind="application/x-www-form-urlencoded", timeout=TIMEOUT):
        """One request, one connection; the cookies are kept."""
        headers = {
            "Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": self.address, "Accept-Language": "nl",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Referer": f"https://{HOST}{path}",
        }  # fmt: skip
        if body is not None:
            headers["Content-Type"] = kind
        connection = HTTPConnection("127.0.0.1", self.service.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
        except (OSError, HTTPException):
            return Answer(0)
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, text, response.headers.get("Location", ""), response.headers)

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields):
        return self.ask("POST", path, urlencode(fields))

    def log_in(self, email):
        """With a password, as people do."""
        page = self.get("/inloggen/")
        done = self.post("/inloggen/", page.hidden | {"login": email, "password": PASSWORD})
        if done.status != 302:
            raise RuntimeError(f"{email} does not get in: {done.status} {done.body[:2000]}")
        return self
