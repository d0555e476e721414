"""What lies at each place of the town: dossiers, with in every text a word that names the dossier.

Such a word (`mees-eigen-start-hulpvraag`: a bird in the mine) shows up wherever a text leaks, in a page, a header, the
name of a file or a mail.
"""

import datetime
from uuid import uuid4

import pgtrigger
from django.db import models

from cases.models import (
    Aanmelding,
    Advies,
    Afspraak,
    Betrokkene,
    Consult,
    Contactmoment,
    Event,
    Route,
    Soort,
    Traject,
    Vernietiging,
    Vraag,
)
from schools.models import School
from tests.files.maken import bijlage
from tests.people import TODAY

# place: (school, from where the people of De Berg look at it)
PLACES = {
    "eigen": "De Berg",  # the dossiers of the people fixture
    "buur": "Het Dal",  # another school of the same team
    "elders": "De Beek",  # another team of the same kring
    "ver": "De Duin",  # another kring
    "eiland": "Het Eiland",  # a school without a team
}
NOW = datetime.datetime.now(datetime.UTC)
BY_EXPERTS = {"eerste_contact_met", "gesprek_wie", "gesprek_inzet"}


def mees(place, kind, field):
    return f"mees-{place}-{kind}-{field}"


def texts(model, place, kind, skip=()):
    """A word for every free text of a model; a field that is added tomorrow gets one too."""
    free = [f for f in model._meta.fields if isinstance(f, models.CharField | models.TextField) and not f.choices]
    return {f.name: mees(place, kind, f.name)[: f.max_length] for f in free if f.name not in skip}


def fill(make, pk, place, ib, ab, other_ab, os):
    """Dossiers of one school: a concept, two that were sent, one in voorbereiding, one that runs."""

    def whole(kind, state, soort=Soort.COMPLEX, **fields):
        words = texts(
            Aanmelding, place, kind, {"nummer", "afgerond_toelichting"} | (set() if "ab" in fields else BY_EXPERTS)
        )
        words["groeidocument_url"] = f"https://{words['groeidocument_url']}.test/"
        a = make["aanmelding"](state, soort, school=PLACES[place], **(words | {"door": ib} | fields))
        content = b"%PDF-" + mees(place, kind, "inhoud").encode()
        file = {"naam": mees(place, kind, "naam") + ".pdf", "aanmelding": a, "door": ib, "inhoud": content}
        if state != "concept":
            file |= {"verslag": True, "akkoord_op": TODAY}
        pk[place, f"{kind}.bijlage"] = bijlage(**file).pk
        if state != "concept":
            Event.objects.create(
                dossier=a, kind="aanmelding", object_id=a.pk, step="soort_wijzigen", source=state, target=state, by=os,
                note=mees(place, kind, "note"),
            )  # fmt: skip
            Vraag.objects.create(
                aanmelding=a, door=os, beantwoord_door=ib, beantwoord_op=a.ingediend_op, **texts(Vraag, place, kind)
            )
        pk[place, kind] = a.pk
        return a

    def part(a, kind, state, **fields):
        words = texts(Traject, place, f"{kind}_traject")
        handed = {"overdracht_op": TODAY, "overdracht_door": os, "voortraject": True}
        t = make["traject"](state, whole=a, **(words | handed | fields))
        pk[place, f"{kind}.traject"] = t.pk
        return t

    def work(t, kind, *doors):
        """A contactmoment of each, and an advies."""
        for door in doors:
            contact = make["contactmoment"](whole=t, door=door, **texts(Contactmoment, place, f"{kind}_traject"))
            pk.setdefault((place, f"{kind}.contact"), contact.pk)
        Advies.objects.create(traject=t, door=os, soort="proces", **texts(Advies, place, f"{kind}_traject"))

    school = School.objects.get(naam=PLACES[place])
    pk[place, "nieuw.offerte"] = make["offerte"]("uitgebracht", school=school, door=ib).pk
    whole("basis", "ingediend", Soort.BASIS)
    whole("nieuw", "ingediend")
    taken = {"gesprek_op": TODAY, "gesprek_offerte": "nee"}
    eerder = part(whole("eerder", "gestart", ab=other_ab, **taken), "eerder", "afgesloten", uitvoerder=other_ab,
                  overdracht_ontvangen_op=TODAY, doel_behaald="ja")  # fmt: skip
    whole("concept", "concept", eerder_traject=eerder)
    taken |= {"ab": ab, "eerder_traject": eerder}
    t = part(whole("start", "opgepakt", **taken), "start", "voorbereiding", uitvoerder=ab,
             kort_overleg_op=None, kort_overleg_met=None)  # fmt: skip
    work(t, "start", other_ab)
    t = part(whole("loopt", "gestart", **taken), "loopt", "waarnemen", uitvoerder=other_ab, kort_overleg_met=os,
             overdracht_ontvangen_op=TODAY)  # fmt: skip
    work(t, "loopt", ab, other_ab)
    route = make["route"]("aangemeld", aanmelding=t.aanmelding, **texts(Route, place, "loopt_traject"))
    ot = make["overleg"](school=t.aanmelding.school, door=ib, os=None)
    punt = make["agendapunt"](whole=ot, aanmelding=t.aanmelding)
    make["afspraak"](aanmelding=t.aanmelding, wie=ib, door=ib, **texts(Afspraak, place, "loopt"))
    pk[place, "loopt.route"] = route.pk
    pk |= {(place, "loopt.overleg"): ot.pk, (place, "loopt.agendapunt"): punt.pk}
    proposed(pk, place, school.team and school.team.kring, ib, os)
    if school.team:
        f = make["afstemming"](kring=school.team.kring, door=os)
        make["besluit"](whole=f, aanmelding=Aanmelding.objects.get(pk=pk[place, "nieuw"]), door=os)
        pk[place, "nieuw.afstemming"] = f.pk


def proposed(pk, place, kring, ib, os):
    """A proposal to destroy, and one that was confirmed: put there past the walls."""
    rows = {"vernietiging": {"dossiers": [pk[place, "eerder"]]}, "verklaring": {"dossiers": [uuid4()]}}
    rows["verklaring"] |= {"bevestigd_door": os, "bevestigd_op": NOW, "nummer": f"V26-{len(pk):04}"}
    walls = [f"cases.Vernietiging:{wall}" for wall in ("termijn_om", "van_de_kring")]
    for name, fields in rows.items():
        with pgtrigger.ignore(*walls):
            made = Vernietiging.objects.create(kring=kring, voorgesteld_door=ib, **fields)
        pk[place, f"eerder.{name}"] = made.pk


def ask(make, pk, place, gw, expert):
    """What runs has two consulten, one of them answered, and an expert who was brought in."""
    t = Traject.objects.get(pk=pk[place, "loopt.traject"])
    words = texts(Consult, place, "loopt_consult", skip={"nummer", "antwoord"}) | {"aan": gw, "door": t.aanmelding.ab}
    pk[place, "loopt.consult"] = make["consult"](whole=t, **words).pk
    make["consult"]("beantwoord", whole=t, antwoord=mees(place, "loopt_consult", "antwoord"), **words)
    dates = dict.fromkeys(["overleg_os_op", "overleg_ib_op"], TODAY)
    words = texts(Betrokkene, place, "loopt_traject") | {"expert": expert, "door": t.uitvoerder}
    Betrokkene.objects.create(traject=t, **dates, **words)
