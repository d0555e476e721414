"""What a parent or a leerling gets who asks for a dossier: on paper, as JSON, with the bijlagen (AVG art. 15)."""

import io
import json
from functools import cached_property
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst

from cases.models import Bijlage, Inzage, InzageMetReden
from cases.models.inzageverzoek import GIVEN, geheel
from expertteam import papier
from schools.models import School, Schooljaar, User, vandaag

LOOKS = {Inzage, InzageMetReden}
ZONDER_NAAM = "een medewerker"
NAMED = (User, School, Schooljaar)  # what people know by a name
MOMENTS = ("at", "op", "datum", "gemaakt_op", "gesteld_op", "vastgelegd_op", "van")  # the first that a row has
WOORDEN = {"kind": "onderdeel", "step": "stap", "source": "was", "target": "werd", "at": "op"}  # of a step, on paper
KEYS = {"object_id"}  # not on paper


class Verzoek:
    """The answer to one request; who looked is named or not: that is for the answerer to decide (HvJEU C-579/21)."""

    def __init__(self, aanmelding, namen):
        self.a, self.namen, self.alles = aanmelding, namen, geheel(aanmelding)

    @cached_property
    def bekend(self):
        """{key: name} of what is pointed at."""
        keys = {m: set() for m in NAMED}
        for model in GIVEN:
            for field in model._meta.concrete_fields:
                if field.related_model in keys:
                    keys[field.related_model] |= {row.get(field.column) for row in self.alles[model.__name__]}
        keys[User] |= {row["door"] for row in self.alles["geschiedenis"]}
        return {str(pk): str(row) for m in NAMED for pk, row in m.objects.in_bulk([*keys[m] - {None}]).items()}

    def rijen(self, model):
        """[{column: what stands in it}], with names in place of the keys of people; the oldest first."""
        rows = [self.rij(model, row) for row in self.alles[model.__name__]]
        return sorted(rows, key=lambda row: next((row[name] for name in MOMENTS if row.get(name)), ""))

    def rij(self, model, row):
        found = {}
        for field in model._meta.concrete_fields:
            if field.column in row:
                named = field.related_model in NAMED and row[field.column] is not None
                found[field.name] = self.bekend.get(str(row[field.column]), "") if named else row[field.column]
        if model in LOOKS and not self.namen:
            found["door"] = ZONDER_NAAM
            if "namens" in found:  # they can name a colleague for whom somebody stood in
                given = found["waarom"].startswith("Met reden: ")
                found |= {"namens": "", "waarom": found["waarom"] if given else f"Eigen werk als {found['als']}"}
        return found

    def json(self):
        """Everything, for another system: what it is now, and what it was."""
        whole = {model.__name__: self.rijen(model) for model in GIVEN}
        before = [row | {"door": self.bekend.get(row["door"], "")} for row in self.alles["geschiedenis"]]
        whole |= {"geschiedenis": before, "bijlagen": [name for name, _ in self.bestanden]}
        return json.dumps(whole, ensure_ascii=False, indent=1).encode()

    def pdf(self):
        """Everything as it is now, for people: each column by its question."""
        parts = [{"kop": capfirst(m._meta.verbose_name_plural), "rijen": self.in_woorden(m)} for m in reversed(GIVEN)]
        about = {"nummer": self.a.nummer, "datum": vandaag(), "school": str(self.a.school)}
        about |= {"samenwerkingsverband": settings.SWV_NAAM, "delen": [p for p in parts if p["rijen"]]}
        return papier.pdf("inzageverzoek", about)

    def in_woorden(self, model):
        """[[(question, answer)]] of what is filled in."""
        asked = [f for f in model._meta.concrete_fields if not f.primary_key and f.name not in KEYS]
        told = [f for f in asked if not f.is_relation or f.related_model in NAMED]
        lines = []
        for row in self.rijen(model):
            known = [(f, row[f.name]) for f in told if row.get(f.name) not in (None, "")]
            lines += [[(capfirst(WOORDEN.get(f.name, f.verbose_name)), in_woorden(f, value)) for f, value in known]]
        return [line for line in lines if line]

    @cached_property
    def bestanden(self):
        """[(name in the zip, content)]: also of what is shared no more; not of what may hold a virus."""
        files = Bijlage.objects.filter(aanmelding=self.a).order_by("op", "pk")
        clean = {Bijlage.Scan.SCHOON} | ({Bijlage.Scan.GEEN} if settings.ZONDER_SCANNER else set())
        return [(f"bijlagen/{n}.{f.get_soort_display()}", bytes(f.inhoud))
                for n, f in enumerate(files, 1) if f.scan in clean]  # fmt: skip

    def zip(self):
        """One file. No name in it names anybody."""
        out = io.BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as file:
            for name, content in [("dossier.pdf", self.pdf()), ("dossier.json", self.json()), *self.bestanden]:
                file.writestr(name, content)
        return out.getvalue()


def in_woorden(field, value):
    """A value as people read it."""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return "ja" if value else "nee"
    if isinstance(field, models.DateTimeField):
        return date_format(timezone.localtime(parse_datetime(value)), "j F Y, H.i")
    if isinstance(field, models.DateField):
        return date_format(parse_date(value), "j F Y")
    return str(value)
