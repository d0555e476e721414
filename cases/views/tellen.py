"""Tellen en vertellen: the yearly report, for the coördinator and the onderwijsspecialist of a kring (A-8, A-22)."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Q, Sum
from django.http import Http404
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from cases.models import TelVerhaal
from cases.models.keuzes import Soort
from cases.rapport.bestanden import VORMEN, Stuk
from cases.rapport.cijfers import KOPPEN
from cases.rapport.feiten import met_afstemmingen
from cases.rapport.maken import KWARTALEN, Keuze, rapport
from cases.views.kring import own_kringen
from expertteam.papier import antwoord
from schools.models import Rol, School, Schooljaar, vandaag


@dataclass
class Vraag:
    """What somebody asks for, as far as he may: his kringen, one schooljaar, one narrowing."""

    request: object

    @cached_property
    def kringen(self):
        if not (found := list(met_afstemmingen(own_kringen(self.request.user)))):
            raise PermissionDenied
        return found

    @cached_property
    def alle(self):
        """All kringen together are for who sees them all: else what is missing could be computed."""
        everywhere = any(a.rol == Rol.COORDINATOR and not a.kring_id for a in self.request.user.vandaag)
        return everywhere and len(self.kringen) > 1

    @cached_property
    def jaren(self):
        """With the hours of the kring or kringen that were fixed for it."""
        own = Q(budgetten__kring__in=[self.kring] if self.kring else self.kringen)
        kept = Schooljaar.objects.annotate(vastgesteld=Sum("budgetten__uren", filter=own))
        return list(kept.order_by("-begin")[:10]) or [Schooljaar.of(vandaag())]

    @cached_property
    def jaar(self):
        asked = self.request.GET.get("jaar") or str(Schooljaar.of(vandaag()))
        return next((j for j in self.jaren if str(j) == asked), self.jaren[0])

    @cached_property
    def scholen(self):
        found = School.objects.filter(team__kring__in=self.kringen).select_related("team").order_by("naam", "brin6")
        return {school.pk: school for school in found}

    @cached_property
    def delen(self):
        """{value in the address: (narrowing, label)} of the kring that was chosen."""
        if not self.kring:
            return {}
        own = [s for s in self.scholen.values() if s.team.kring_id == self.kring.pk]
        return {f"school-{s.brin6}": (("school", s.pk), s.naam) for s in own} | {
            f"soort-{s}": (("soort", s), s.label) for s in Soort
        } | {f"kwartaal-{n}": (("kwartaal", n), label) for n, label in KWARTALEN.items()}  # fmt: skip

    @cached_property
    def kring(self):
        asked = self.request.GET.get("kring", "")
        chosen = next((k for k in self.kringen if k.naam == asked), None)
        return chosen or (None if self.alle else self.kringen[0])

    @cached_property
    def deel(self):
        return self.delen.get(self.request.GET.get("deel", ""), ((), ""))

    @cached_property
    def over(self):
        """Whom the report is about, in words."""
        kring = f"Kring {self.kring}" if self.kring else "Alle kringen"
        return f"{kring}, {self.deel[1]}" if self.deel[1] else kring

    def rapport(self):
        return rapport(Keuze(self.kring, self.deel[0]), [self.jaar, self.eerder], self.scholen, self.kringen)

    def verhalen(self, tabellen):
        """What was shared, without the school; only where so many trajecten ended that none stands out."""
        ended = [t.totaal.nu for tables in tabellen.values() for t in tables if t.cijfer.van == "klaar"]
        if self.deel[0] or None in ended:
            return []
        own = [s.pk for s in self.scholen.values() if not self.kring or s.team.kring_id == self.kring.pk]
        told = TelVerhaal.objects.filter(school__in=own, op__range=(self.jaar.eerste_dag, self.jaar.laatste_dag))
        return [*told.order_by("tekst").values_list("tekst", flat=True)]

    @cached_property
    def eerder(self):
        return Schooljaar(begin=self.jaar.begin - 1)

    @property
    def adres(self):
        """The same question for a download."""
        asked = {"jaar": self.jaar, "kring": self.kring or "", "deel": self.request.GET.get("deel", "")}
        return urlencode({name: str(value) for name, value in asked.items()})


@require_safe
def tellen(request):
    vraag = Vraag(request)
    delen = {
        "School": {k: v for k, v in vraag.delen.items() if k.startswith("school")},
        "Soort": {k: v for k, v in vraag.delen.items() if k.startswith("soort")},
        "Periode": {k: v for k, v in vraag.delen.items() if k.startswith("kwartaal")},
    }
    tabellen = vraag.rapport()
    context = {
        "vraag": vraag, "delen": delen, "gekozen": request.GET.get("deel", ""), "eerder": vraag.eerder,
        "koppen": [(*KOPPEN[kop], tables) for kop, tables in tabellen.items()],
        "leeg": all(t.leeg for tables in tabellen.values() for t in tables if t.cijfer.van_mensen),
        "verhalen": vraag.verhalen(tabellen), "vormen": {vorm: v.naam for vorm, v in VORMEN.items()},
    }  # fmt: skip
    return render(request, "cases/tellen.html", context)


@require_safe
def bestand(request, vorm):
    """The same report as a file."""
    vraag = Vraag(request)
    if not vraag.kringen or vorm not in VORMEN:
        raise Http404
    tabellen = vraag.rapport()
    stuk = Stuk(vraag.over, str(vraag.jaar), str(vraag.eerder), tabellen, vraag.verhalen(tabellen))
    naam = f"tellen-en-vertellen-{vraag.jaar}-{slugify(vraag.over)}.{vorm}"
    return antwoord(VORMEN[vorm].maken(stuk), naam, VORMEN[vorm].soort)
