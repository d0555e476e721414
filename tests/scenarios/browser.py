"""People at their browser: they read a page, fill in the fields that are on it, and press its button."""

import re
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

from expertteam import sleutel

VOID = {"input", "meta", "link", "br", "img", "hr"}


class Node:
    def __init__(self, tag, attrs):
        self.tag, self.attrs, self.children = tag, attrs, []

    def __iter__(self):
        """This element and all in it."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child

    def all(self, tag=None, css=None):
        return [n for n in self if tag in (None, n.tag) and (not css or css in (n.attrs.get("class") or "").split())]

    @property
    def raw(self):
        return "".join(child if isinstance(child, str) else child.raw for child in self.children)

    @property
    def text(self):
        return " ".join(self.raw.split())


class Document(HTMLParser):
    """The elements of a page; an element that is not closed in its own place is an error."""

    def __init__(self, html):
        super().__init__()
        self.open = [Node("", {})]
        self.feed(html)
        (self.root,) = self.open

    def handle_starttag(self, tag, attrs):
        self.open[-1].children.append(node := Node(tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop().tag == tag

    def handle_data(self, data):
        self.open[-1].children.append(data)


class Form:
    """What a form holds before anybody touches it, and which answers it lets one choose."""

    def __init__(self, node, path):
        self.action = node.attrs.get("action") or path
        self.values, self.choices, self.texts = {}, {}, set()
        for field in node:
            name, kind = field.attrs.get("name"), field.attrs.get("type", field.tag)
            if not name or kind in {"file", "button"}:
                continue
            value = field.raw.removeprefix("\n") if kind == "textarea" else field.attrs.get("value", "")
            if kind in {"radio", "checkbox"}:
                self.choices.setdefault(name, set()).add(value or "on")
                if "checked" in field.attrs:
                    self.values[name] = value or "on"
            elif kind != "submit":
                self.values[name] = value
                self.texts |= {name} if kind in {"text", "textarea", "input"} else set()
        self.names = {*self.values, *self.choices} - {"csrfmiddlewaretoken", "sleutel", "versie"}


class Page:
    def __init__(self, response):
        self.status, self.path = response.status_code, response.request["PATH_INFO"]
        self.root = root = Document(response.content.decode()).root
        self.title = root.all("h1")[0].text
        self.text = root.text
        self.forms = [Form(node, self.path) for node in root.all("form")]
        boxes = root.all(css="et-foutlijst")
        self.refusal = " ".join(n.text for box in boxes for n in box.all("p"))
        self.errors = [n.text for box in boxes for n in box.all("li")]
        self.said = [n.text for n in root.all(css="et-melding")]
        self.typed = [n.text for n in root.all(css="et-getypt")]
        items = [li for ul in root.all(css="et-stappen") for li in ul.all("li")]
        self.explained = {li.children[0].text: li.all(css="et-zacht")[0].text for li in items if not li.all("a")}
        addresses = [n.attrs.get("href") or n.attrs.get("action") or "" for n in root]
        self.offered = {m[1] for a in addresses if (m := re.fullmatch(r"/(?:aanmelding|traject)/[\w-]{36}/(\w+)/", a))}
        self.facts = {n.all("dt")[0].text: n.all("dd")[0].text for n in root.all("div") if is_fact(n)}
        self.rows = [[cell.text for cell in tr if cell.tag in {"th", "td"}] for tr in root.all("tr")]

    def form(self, end):
        """The form whose address ends so."""
        (found,) = [form for form in self.forms if form.action.endswith(end)]
        return found


def is_fact(node):
    return bool(node.children) and [n.tag for n in node.children if isinstance(n, Node)][:2] == ["dt", "dd"]


class Person:
    """Somebody who is logged in. `typed` remembers every text that anybody typed: none may be in a mail."""

    def __init__(self, user, commit, typed):
        self.user, self.commit, self.typed, self.client = user, commit, typed, Client()
        self.client.force_login(user)

    def see(self, *where):
        """A page, by its name or the object it is about."""
        path = reverse(where[0], args=where[1:]) if isinstance(where[0], str) else self.address(where[0])
        return Page(self.client.get(path, follow=True))

    def go(self, link):
        """Where a link of a page leads."""
        return Page(self.client.get(link, follow=True))

    def address(self, obj, *step):
        return reverse("step" if step else "detail", args=[obj._meta.model_name, obj.pk, *step])

    def open(self, obj, step):
        """The form of a step, as it is on its page now."""
        return Page(self.client.get(self.address(obj, step))).form(f"/{step}/")

    def send(self, form, **answers):
        """Fill in what is on the form, and press its button."""
        assert set(answers) <= form.names
        answers = {name: "on" if value is True else str(value) for name, value in answers.items()}
        assert all(answers[name] in form.choices[name] for name in form.choices.keys() & answers.keys())
        self.typed |= {value for name, value in answers.items() if name in form.texts and len(value) > 2}
        with self.commit(execute=True):
            return Page(self.client.post(form.action, form.values | answers, follow=True))

    def press(self, obj, step, **answers):
        return self.send(self.open(obj, step), **answers)

    def post(self, obj, step, **answers):
        """Past the page: what a program sends, with a fresh key and without a form."""
        answers = {name: str(value) for name, value in answers.items()}
        self.typed |= {value for value in answers.values() if len(value) > 10 and " " in value}
        with self.commit(execute=True):
            address = self.address(obj, step)
            return Page(self.client.post(address, answers | {"sleutel": sleutel.make(self.user)}, follow=True))

    def writes(self, **answers):
        """Fills in the aanmeldformulier and presses Controleren: the page that follows."""
        return self.send(self.see("nieuw").form("/aanmelding/nieuw/"), **answers)

    def files(self, **answers):
        """Fills in the aanmeldformulier, looks at it once more, and sends it."""
        return self.send(self.writes(**answers).form("/indienen/"))
