"""Where every page is: names of the urlconf, and the addresses of dossiers and steps for one person."""

from django.urls import URLPattern, get_resolver, reverse

from cases.afstemmen import kringen
from cases.bewaren import vernietigingen
from cases.models import Aanmelding, Afstemming, Bijlage, Offerte, Overleg, Traject, Vernietiging, Vraag
from cases.models.muren_traject import ENDED
from cases.roles import Role, who_sees
from cases.views.inzageverzoek import te_geven
from cases.workflow import FLOWS
from tests.files.maken import bijlage
from tests.people import TODAY
from tests.walls.aanbod import joins, offered
from tests.walls.bewaren import closed, proposal

OWN = [
    "start", "mijn_aanmeldingen", "werklijst", "vandaag", "uren", "consulten", "kringen", "zoeken", "nieuw", "hulp",
    "verder", "met_reden", "beoordelen", "vervanging", "mijn_sessies", "mijn_post", "andere_sessies_einde", "mfa_index",
    "offertes", "offerte_nieuw", "voorwaarden", "verdeling", "inzet", "middelen", "belasting", "tellen", "overleggen",
    "overleg_nieuw", "afstemmingen", "aanbod", "bewaren",
]  # fmt: skip
OUTSIDE = [
    "account_login", "account_inactive", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key_done",
]  # fmt: skip
ELSEWHERE = {  # with a test of their own
    "account_reset_password_from_key", "account_logout", "demo", "account_reauthenticate", "mfa_authenticate",
    "post", "mfa_reauthenticate", "mfa_activate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
}  # fmt: skip
DRAFT = ["beschrijven", "controleren"]
OBJECT = [
    "detail",
    "step",
    "verstuurd",
    "inzage",
    "akkoord_intrekken",
    "caseload",
    "vergaderen",
    "afstemming",
    "verhaal",
    "vernietiging",
    "inzageverzoek",
]
NO_PAGE = {  # a download, a POST, a 404, or on to another page
    "bijlage", "bijlage_weg", "bekend", "brief", "account_signup", "niet_gevonden", "sessie_einde",
    "mfa_deactivate_totp", "openid_connect_login", "openid_connect_callback", "vervanging_einde", "offerte_pdf",
    "tellen_bestand", "mijn_agenda", "agenda", "verklaring",
}  # fmt: skip


def names():
    """Every name of the urlconf but the admin's."""
    top = [p for p in get_resolver().url_patterns if str(p.pattern) != "beheer/"]
    flat = [p for q in top for p in ([q] if isinstance(q, URLPattern) else q.url_patterns)]
    return {p.name for p in flat}


def fill(make, people):
    """One dossier in every situation that has a page of its own."""
    aanmelding, traject = make["aanmelding"], make["traject"]
    verslag = {"door": people[Role.IB], "verslag": True, "akkoord_op": TODAY}
    bijlage(aanmelding=aanmelding("concept"), **verslag)
    aanmelding("concept", niveau="", soort="", hulpvraag="", voornaam="", achternaam="")
    for soort in ("basis", "licht", "complex"):
        sent = aanmelding("ingediend", soort, hulpvraag="Een lange vraag. " * 30)
        bijlage(aanmelding=sent, **verslag, akkoord_ingetrokken_op=TODAY if soort == "basis" else None)
    asked = aanmelding("opgepakt", "basis", vraag_open=True, ab=people[Role.AB])
    Vraag.objects.create(aanmelding=asked, door=people[Role.OS], vraag="Hoe gaat het thuis?")
    for soort in ("licht", "basis"):
        aanmelding("opgepakt", soort)
        traject("lopend", soort)
        traject("evaluatie", soort)
    aanmelding("opgepakt", "complex", ab=None)
    aanmelding("afgerond", "basis")
    traject("voorbereiding")
    traject("voorbereiding", kort_overleg_op=None, kort_overleg_met=None, voortraject=True)
    for state in ("begrijpen", "plannen", "uitvoeren", "evaluatie", "afgesloten"):
        traject(state)
    for state in Offerte.State:
        make["offerte"](state)
    make["dagdeel"]("gegeven", whole=make["dagdeel"]("gepland").klas)
    for soort in ("basis", "complex"):
        t = make["contactmoment"](soort=soort, notitie="Gekeken in de klas.").traject
        make["contactmoment"](whole=t, door=people[Role.OS], als="os")
    vergadering(make, people)
    make["afstemming"]("gehouden", verslag="We beginnen bij wie het langst wacht.")
    joins(offered(people, plekken=3), people)
    make["besluit"](uren=0, toelichting="De groep wacht al lang")
    bewaren(make, people)


def bewaren(make, people):
    """What is due, what was proposed, and what is gone."""
    closed(make)
    proposal(make, people)
    gone = proposal(make, people)
    Vernietiging.objects.filter(pk=gone.pk).update(bevestigd_door=people[Role.OS])


def vergadering(make, people):
    """An OT about three leerlingen, with an afspraak; the ambulant begeleider of one is invited."""
    ot, deep = make["overleg"](plaats="Lokaal 3"), {"ab": people[Role.AB], "ab_reden": "Kent haar goed"}
    t = make["contactmoment"](notitie="Gekeken in de klas.").traject
    make["agendapunt"]("voorbereid", whole=ot, aanmelding=t.aanmelding, **deep)
    make["agendapunt"]("gepland", whole=ot)
    make["agendapunt"]("gepland", whole=ot, aanmelding=make["aanmelding"]("ingediend", "licht"))
    for who in (Role.IB, Role.OS, Role.AB):
        make["afspraak"](aanmelding=t.aanmelding, wie=people[who])
    for state in ("gehouden", "vastgesteld", "vervallen"):
        make["overleg"](state)


def drafts():
    return [reverse(name, args=[a.pk]) for a in Aanmelding.objects.filter(state="concept") for name in DRAFT]


def dossiers(user):
    """One address for each status of a dossier that this person sees."""
    found = {}
    for kind in ("aanmelding", "traject"):
        for obj in FLOWS[kind].model.objects.visible_to(user).exclude(state="concept").order_by("pk"):
            found.setdefault((kind, obj.state, obj.soort == "complex"), reverse("detail", args=[kind, obj.pk]))
    for o in Offerte.objects.visible_to(user).order_by("pk"):
        found.setdefault(("offerte", o.state), reverse("detail", args=["offerte", o.pk]))
    seen = [a for a in Aanmelding.objects.visible_to(user).order_by("pk") if a.roles & {*who_sees("inzage")}]
    mine = [a.pk for a in seen if a.roles & {Role.IB, Role.OS}]
    shared = Bijlage.objects.filter(aanmelding__in=mine, verslag=True, akkoord_ingetrokken_op=None)[:1]
    papers = [reverse("akkoord_intrekken", args=[b.aanmelding_id, b.pk]) for b in shared]
    for ot in Overleg.objects.visible_to(user).order_by("pk"):
        found[f"ot {ot.state}"] = reverse("detail", args=["overleg", ot.pk])
        found[f"meeting {ot.state}"] = reverse("vergaderen", args=[ot.pk])
    carried = [t for t in Traject.objects.visible_to(user).exclude(state__in=ENDED).order_by("pk") if "os" in t.roles]
    found |= {t.uitvoerder_id: reverse("caseload", args=[t.uitvoerder_id]) for t in carried}
    found |= {f"afstemming {f.gehouden}": reverse("afstemming", args=[f.pk]) for f in afstemmingen(user)}
    for v in vernietigingen(user).order_by("nummer"):
        found[f"vernietiging {bool(v.nummer)}"] = reverse("vernietiging", args=[v.pk])
    asked = [reverse("inzageverzoek", args=[a.pk]) for a in te_geven(user).order_by("pk")[:1]]
    done = [t for t in Traject.objects.visible_to(user).filter(state="afgesloten") if t.roles & {Role.OS, Role.AB}]
    told = [reverse("verhaal", args=[t.pk]) for t in done[:1]]
    return [*found.values(), *told, *asked, *papers, *(reverse("inzage", args=[a.pk]) for a in seen[:1])]


def afstemmingen(user):
    """One to run and one that was held, of the own kring."""
    there = Afstemming.objects.filter(kring__in=kringen(user)).order_by("datum", "pk")
    return [*there.filter(gehouden=False)[:1], *there.filter(gehouden=True)[:1]]


def steps(user):
    """{address: does its form ask anything?} of each step that this person may take, once; and once as refused."""
    found = {}
    for flow in FLOWS.values():
        for obj in flow.model.objects.visible_to(user).order_by("pk"):
            for step in flow.steps.values():
                if step.exists_for(obj) and step.by & obj.roles and not (step.follows or step.silent):
                    waits, asks = bool(step.needs(obj)), bool(step.asks or step.reason)
                    where = reverse("step", args=[flow.kind, obj.pk, step.name])
                    found.setdefault((flow.kind, step.name, waits), (where, asks and not waits))
    return dict(found.values())


def sent():
    return reverse("verstuurd", args=[Aanmelding.objects.filter(state="ingediend").order_by("pk").first().pk])
