"""Every step in the life of an aanmelding, a traject and a contactmoment. Change the process here, and only here."""

import pgtrigger
from django.utils import timezone

from cases.engine import Flow, Refused
from cases.models import Aanmelding, Advies, Contactmoment, Soort, Traject, Vraag
from cases.roles import Role, holders
from cases.velden import FIELDS, asked, missing
from schools.models import Rol, Schooljaar, User, vandaag

IB, OS, AB, TEAM, COORDINATOR, REDEN, MAKER = Role
BY_OS, BY_AB = {Soort.BASIS, Soort.LICHT}, {Soort.COMPLEX}  # who carries it out (B-7, B-11)
LICHT = {Soort.LICHT}


# Guards: what must happen first, in words for the user; "" when nothing.


def compleet(a):
    return " ".join(missing(a).values())


def nog_vrij(a):
    return f"{a.ab.kort} heeft deze aanmelding al opgepakt." if a.ab else ""


def geen_open_vraag(a):
    return "Er staat al een vraag open. Wacht op het antwoord van de school." if a.vraag_open else ""


def open_vraag_gesteld(a):
    return "" if a.vraag_open else "Er staan geen vragen open."


def nog_niet_in_beeld(a):
    if a.niveau != "leerling":
        return "Dit gaat alleen over een leerling."
    return "Dat is al vastgelegd." if a.andere_setting == "ja" else ""


def kan_starten(t):
    if not t.kort_overleg_op:
        return "Het traject kan nog niet starten. Leg eerst het korte overleg met de onderwijsspecialist vast."
    if t.voortraject and not t.overdracht_op:
        return "Er is een voortraject. Leg eerst de overdracht van de onderwijsspecialist vast."
    if t.voortraject and not t.overdracht_ontvangen_op:
        return "Neem eerst de overdracht van de onderwijsspecialist in ontvangst."
    return ""


def overdracht_gegeven(t):
    return "" if t.overdracht_op else "Er is een voortraject. Leg eerst de overdracht van de onderwijsspecialist vast."


def iets_gezien(t):
    seen = t.contacten.filter(state="geboekt").exclude(soort="niet_door")
    if began := t.aanmelding.events.filter(object_id=t.pk, target="waarnemen").exclude(source="waarnemen").first():
        seen = seen.filter(vastgelegd_op__gte=began.at)  # in this phase, not in an earlier one
    return "" if seen.exists() else "Leg eerst een bezoek of ander contact vast."


def overdracht_ontvangen(t):
    return "" if t.overdracht_ontvangen_op else "Dit kan alleen als er een overdracht is ontvangen."


def waarnemen_en_begrijpen_gedaan(t):
    if t.waarnemen_afgerond_op and t.begrijpen_afgerond_op:
        return ""
    return "Nog geen handelingsadvies mogelijk: de fasen waarnemen en begrijpen zijn nog niet doorlopen."


def gesprek_gevoerd(t):
    if OS in t.roles or t.soort == Soort.COMPLEX or t.aanmelding.gesprek_op:
        return ""
    return "Leg eerst het OS-AB gesprek vast. Daarna kan de ambulant begeleider uren vastleggen."


def over_te_dragen(t):
    if t.soort == Soort.COMPLEX:
        return ""
    if not any(x.rol == Rol.AB for x in t.uitvoerder.aanstellingen.all()):
        return "De onderwijsspecialist voert dit traject uit."
    if t.aanmelding.ab_id in {None, t.uitvoerder_id} or not t.aanmelding.gesprek_op:
        return "Leg eerst het OS-AB gesprek met de nieuwe ambulant begeleider vast."
    return ""


def andere_soort_past(a):
    return "Lichte ondersteuning gaat over een leerling of een groep." if a.niveau == "school" else ""


def gesprek_was_er(a):
    return "" if a.gesprek_op else "De onderwijsspecialist legt eerst het OS-AB gesprek vast."


def kan_complex_worden(t):
    if t.aanmelding.niveau != "leerling":
        return "Complexe ondersteuning gaat over een leerling."
    there = holders(Rol.IB, school=t.aanmelding.school_id).exists()
    return "" if there else "De school heeft nu geen IB-er. Die verstuurt de complexe aanmelding. Bel het aanmeldpunt."


# What is filled in, when that is a part of the object.


def nieuw_traject(a, user):
    return Traject(aanmelding=a, soort=a.soort, state="lopend", uitvoerder=user)


def nieuwe_vraag(a, user):
    return Vraag(aanmelding=a, door=user)


def open_vraag(a, user):
    return a.vragen.get(antwoord="")


def nieuw_contact(t, user):
    as_os = OS in t.roles and (t.soort != Soort.COMPLEX or AB not in t.roles)
    return Contactmoment(traject=t, door=user, als="os" if as_os else "ab")


def nieuw_handelingsadvies(t, user):
    return Advies(traject=t, door=user, soort=Advies.Soort.HANDELING)


def nieuw_procesadvies(t, user):
    return Advies(traject=t, door=user, soort=Advies.Soort.PROCES)


# What the system fills in itself.


def verstuurd(a, user, part):
    for name in set(FIELDS) - set(asked(a.niveau, a.soort)):  # what was hidden is not sent
        setattr(a, name, Aanmelding._meta.get_field(name).get_default())
    a.schooljaar, volgende = Schooljaar.objects.volgend_nummer(vandaag())
    a.nummer, a.ingediend_op = f"{a.schooljaar.begin % 100:02}-{volgende:04}", timezone.now()


def ik_doe_het(a, user, part):
    a.ab = user


def vraag_staat_open(a, user, part):
    a.vraag_open = True


def vraag_is_beantwoord(a, user, part):
    a.vraag_open, part.beantwoord_door, part.beantwoord_op = False, user, timezone.now()


def leeg(a, user, part):
    for name in FIELDS:  # nobody saw it, and nobody keeps it
        setattr(a, name, Aanmelding._meta.get_field(name).get_default())


def bestanden_weg(a, user, part):
    a.bijlagen.all().delete()


def geen_vraag_meer(a, user, part):
    a.vraag_open = False


def in_beeld(a, user, part):
    a.andere_setting = "ja"


def geen_ab_meer(a, user, part):
    a.ab, a.gesprek_op, a.gesprek_wie, a.gesprek_inzet, a.gesprek_offerte = None, None, "", "", ""


def ab_van_het_gesprek(a, user, part):
    a.ab = a.ab if a.gesprek_op else None  # who took it as complex, carries it out no more


def voortraject_blijft(t, user, part):
    t.voortraject = t.voortraject or t.aanmelding.eerder_traject_id is not None


def ander_van_het_team(t, user, part):
    t.vorige = User.objects.get(trajecten=t)  # not saved yet
    if t.uitvoerder == t.vorige or not holders(Rol.AB, team=t.aanmelding.school.team_id, user=t.uitvoerder).exists():
        raise Refused("Kies een andere ambulant begeleider van het team van de school.")


def van_de_os(t, user, part):
    t.voortraject, t.overdracht_door, t.overdracht_ontvangen_op = True, user, None


def ontvangen(t, user, part):
    t.overdracht_ontvangen_op = vandaag()


def waargenomen(t, user, part):
    t.waarnemen_afgerond_op = vandaag()


def waargenomen_op_voortraject(t, user, part):
    t.waarnemen_afgerond_op, t.waarnemen_op_voortraject = vandaag(), True


def begrepen(t, user, part):
    t.begrijpen_afgerond_op = vandaag()


# Effects: what else happens in the same moment.


def bereid_traject_voor(a, user, part):
    Traject.objects.create(aanmelding=a, soort=a.soort, state="voorbereiding", uitvoerder=a.ab, voortraject=a.voortraject == "ja" or a.eerder_traject_id is not None)


def stop_voorbereiding(a, user, part):
    if traject := a.trajecten.filter(state="voorbereiding").first():
        TRAJECT.take("vervallen", traject.pk, user)


def soort_gewijzigd(a, user, part):
    stop_voorbereiding(a, user, part)
    if a.soort == Soort.COMPLEX and a.ab:  # the one of the OS-AB gesprek
        bereid_traject_voor(a, user, part)


def ab_van_de_aanmelding(t, user, part):
    if t.soort == Soort.COMPLEX:
        AANMELDING.take("overgenomen", t.aanmelding_id, user, ab=t.uitvoerder)


def vorige(t):
    return holders(Rol.AB, user=t.vorige)


def aanmelding_gestart(t, user, part):
    AANMELDING.take("gestart", t.aanmelding_id, user)


def geef_vrij(t, user, part):
    if t.aanmelding.state == "opgepakt":  # stopped before it started: another ambulant begeleider may take it
        AANMELDING.take("vrijgeven", t.aanmelding_id, user)


def nieuwe_complexe_aanmelding(t, user, part):
    """A concept for the IB-er, with all that is known: the initiative stays with the school (B-1)."""
    old = t.aanmelding
    known = {name: getattr(old, name) for name in FIELDS} | {"soort": Soort.COMPLEX, "voortraject": "ja", "eerder_traject": t}
    known |= {"ouders_akkoord": False, "ouders_akkoord_op": None}  # the parents are asked for each aanmelding
    ib_ers = list(holders(Rol.IB, school=old.school_id))
    Aanmelding.objects.create(school=old.school, door=old.door if old.door in ib_ers else ib_ers[0], **known)


S = Aanmelding.State
AANMELDING = Flow(Aanmelding, starts={S.CONCEPT})
row = AANMELDING.step
#   step               button                       from                       to             by
row("beschrijven",     "Opslaan en later verder",   {S.CONCEPT},               None,          {IB}, may=FIELDS, silent=True, aside=True)
row("indienen",        "Aanmelding versturen",      {S.CONCEPT},               S.INGEDIEND,   {IB}, needs=compleet, sets=verstuurd, tells={OS, TEAM, COORDINATOR}, done="Aanmelding verstuurd")
row("oppakken",        "Oppakken",                  {S.INGEDIEND},             S.OPGEPAKT,    {OS}, asks=("eerste_contact_op", "eerste_contact_met"), waits={"vraag_open": False}, tells={IB}, done="Opgepakt")
row("oppakken_ab",     "Oppakken",                  {S.INGEDIEND},             S.OPGEPAKT,    {TEAM}, only=BY_AB, asks=("eerste_contact_op", "eerste_contact_met"), sets=ik_doe_het, does=bereid_traject_voor, waits={"vraag_open": False}, tells={IB, OS}, done="Opgepakt")
row("nemen",           "Ik neem deze",              {S.OPGEPAKT},              None,          {TEAM}, only=BY_AB, needs=nog_vrij, sets=ik_doe_het, does=bereid_traject_voor, waits={"ab_id": None}, tells={IB, OS}, done="Opgepakt door de ambulant begeleider", hush=True)
row("toewijzen",       "Ambulant begeleider kiezen", {S.OPGEPAKT},             None,          {OS}, only=BY_AB, needs=nog_vrij, asks=("ab",), does=bereid_traject_voor, tells={IB, AB}, aside=True, done="Ambulant begeleider gekozen", hush=True)
row("vragen",          "Vraag aan school",          {S.INGEDIEND, S.OPGEPAKT}, None,          {OS, AB, TEAM}, needs=geen_open_vraag, on=nieuwe_vraag, asks=("vraag",), sets=vraag_staat_open, tells={IB}, aside=True, done="Vraag gesteld aan de school", hush=True)
row("antwoorden",      "Antwoord versturen",        {S.INGEDIEND, S.OPGEPAKT, S.GESTART}, None, {IB}, needs=open_vraag_gesteld, on=open_vraag, asks=("antwoord",), sets=vraag_is_beantwoord, waits={"vraag_open": True}, tells={OS, AB, TEAM}, done="Vraag beantwoord", hush=True)
row("gesprek",         "OS-AB gesprek vastleggen",  {S.OPGEPAKT, S.GESTART},   None,          {OS}, only=BY_OS, asks=("ab", "gesprek_op", "gesprek_wie", "gesprek_inzet", "gesprek_offerte"), tells={AB}, aside=True, done="OS-AB gesprek vastgelegd")
row("aanvullen",       "OS-AB gesprek aanvullen",   {S.OPGEPAKT, S.GESTART},   None,          {AB}, only=BY_OS, needs=gesprek_was_er, asks=("gesprek_wie", "gesprek_inzet"), tells={OS}, aside=True, done="OS-AB gesprek aangevuld", hush=True)
row("starten_basis",   "Traject starten",           {S.OPGEPAKT},              S.GESTART,     {OS}, only={Soort.BASIS}, on=nieuw_traject, asks=("doel", "uitvoerder"), tells={IB, AB}, done="Traject gestart")
row("starten_licht",   "Traject starten",           {S.OPGEPAKT},              S.GESTART,     {OS}, only=LICHT, on=nieuw_traject, asks=("doel", "uitvoerder", "verwachte_einddatum"), tells={IB, AB}, done="Traject gestart")
row("gestart",         "Traject gestart",           {S.OPGEPAKT},              S.GESTART,     {AB}, only=BY_AB, follows=True, aside=True)
row("overgenomen",     "Andere ambulant begeleider", {S.OPGEPAKT, S.GESTART},   None,          {OS}, only=BY_AB, asks=("ab",), follows=True, aside=True)
row("vrijgeven",       "Weer vrij",                 {S.OPGEPAKT},              None,          {OS, AB}, only=BY_AB, follows=True, sets=geen_ab_meer, tells={TEAM}, aside=True)
row("soort_wijzigen",  "Soort wijzigen",            {S.OPGEPAKT},              None,          {OS}, needs=andere_soort_past, asks=("soort",), reason=True, sets=ab_van_het_gesprek, does=soort_gewijzigd, tells={IB, TEAM}, aside=True, done="Soort gewijzigd", hush=True)
row("andere_setting",  "Andere setting in beeld",   {S.INGEDIEND, S.OPGEPAKT, S.GESTART}, None, {IB, OS, AB}, needs=nog_niet_in_beeld, sets=in_beeld, tells={OS}, aside=True, done="Andere setting in beeld", hush=True)
row("afronden",        "Afronden zonder traject",   {S.OPGEPAKT},              S.AFGEROND,    {OS}, asks=("afgerond_reden", "afgerond_toelichting"), sets=geen_vraag_meer, does=stop_voorbereiding, tells={IB, AB}, aside=True, done="Afgerond zonder traject")
row("weggooien",       "Concept weggooien",         {S.CONCEPT},               S.INGETROKKEN, {IB}, sets=leeg, does=bestanden_weg, aside=True, done="Concept weggegooid")
row("intrekken",       "Intrekken",                 {S.INGEDIEND, S.OPGEPAKT}, S.INGETROKKEN, {IB}, sets=geen_vraag_meer, does=stop_voorbereiding, tells={OS, AB}, aside=True, done="Aanmelding ingetrokken")

S = Traject.State
HGW = {S.WAARNEMEN, S.BEGRIJPEN, S.PLANNEN, S.UITVOEREN}
RUNNING = {S.LOPEND, S.EVALUATIE} | HGW
TRAJECT = Flow(Traject, starts={S.VOORBEREIDING, S.LOPEND})
row = TRAJECT.step
row("overleg",         "Kort overleg vastleggen",   {S.VOORBEREIDING},         None,          {AB}, asks=("kort_overleg_op", "kort_overleg_met", "voortraject"), sets=voortraject_blijft, waits={"kort_overleg_op": None}, tells={OS}, done="Kort overleg vastgelegd")
row("overdragen",      "Overdracht vastleggen",     {S.VOORBEREIDING},         None,          {OS}, asks=("overdracht_op", "overdracht_tekst"), sets=van_de_os, waits={"voortraject": True, "overdracht_op": None}, tells={AB}, done="Overdracht vastgelegd")
row("ontvangen",       "Overdracht ontvangen",      {S.VOORBEREIDING},         None,          {AB}, needs=overdracht_gegeven, sets=ontvangen, waits={"voortraject": True, "overdracht_ontvangen_op": None}, tells={OS}, done="Overdracht ontvangen")
row("starten",         "Traject starten",           {S.VOORBEREIDING},         S.WAARNEMEN,   {AB}, needs=kan_starten, does=aanmelding_gestart, tells={IB, OS}, done="Traject gestart")
row("vervallen",       "Voorbereiding vervalt",     {S.VOORBEREIDING},         S.GESTOPT,     {IB, OS}, follows=True, tells={AB}, aside=True)
row("waargenomen",     "Waarnemen afronden",        {S.WAARNEMEN},             S.BEGRIJPEN,   {AB}, needs=iets_gezien, asks=("bevinding",), sets=waargenomen, done="Waarnemen afgerond")
row("op_voortraject",  "Waarnemen afronden op basis van het voortraject", {S.WAARNEMEN}, S.BEGRIJPEN, {AB}, needs=overdracht_ontvangen, asks=("bevinding",), sets=waargenomen_op_voortraject, aside=True, done="Waarnemen afgerond op basis van het voortraject", hush=True)
row("begrepen",        "Begrijpen afronden",        {S.BEGRIJPEN},             S.PLANNEN,     {AB}, asks=("onderwijsbehoeften",), may=("sterke_kanten",), sets=begrepen, tells={IB}, done="Begrijpen afgerond")
row("plannen",         "Plan vastleggen",           {S.PLANNEN},               S.UITVOEREN,   {AB}, asks=("doel", "afspraken"), tells={IB}, done="Plan vastgelegd")
row("adviseren",       "Handelingsadvies geven",    HGW | {S.EVALUATIE},       None,          {AB}, only=BY_AB, needs=waarnemen_en_begrijpen_gedaan, on=nieuw_handelingsadvies, asks=("tekst",), tells={IB}, aside=True, done="Handelingsadvies gegeven")
row("adviseren_os",    "Handelingsadvies geven",    {S.LOPEND, S.EVALUATIE},   None,          {OS, AB}, only=BY_OS, on=nieuw_handelingsadvies, asks=("tekst",), tells={IB}, aside=True, done="Handelingsadvies gegeven")
row("procesadvies",    "Procesadvies geven",        RUNNING,                   None,          {OS, AB}, on=nieuw_procesadvies, asks=("tekst",), tells={IB}, aside=True, done="Procesadvies gegeven")
row("bezoek",          "Bezoek vastleggen",         set(S),                    None,          {OS, AB}, needs=gesprek_gevoerd, on=nieuw_contact, asks=("soort", "minuten", "datum"), may=("notitie",), aside=True, done="Contact vastgelegd")
row("verlengen",       "Traject verlengen",         {S.LOPEND},                None,          {OS}, only=LICHT, asks=("verwachte_einddatum",), reason=True, tells={IB}, aside=True, done="Traject verlengd")
row("omzetten",        "Omzetten naar complex",     {S.LOPEND, S.EVALUATIE},   S.AFGESLOTEN,  {OS}, only=LICHT, needs=kan_complex_worden, asks=("doel_behaald", "opbrengst"), does=nieuwe_complexe_aanmelding, tells={IB}, aside=True, done="Omgezet naar complex")
row("evalueren",       "Naar evaluatie",            {S.LOPEND},                S.EVALUATIE,   {OS, AB}, tells={IB, OS}, aside=True, done="Evaluatie begonnen")
row("evalueren_ab",    "Naar evaluatie",            {S.UITVOEREN},             S.EVALUATIE,   {AB}, tells={IB, OS}, aside=True, done="Evaluatie begonnen")
row("terug_waarnemen", "Terug naar waarnemen",      {S.EVALUATIE},             S.WAARNEMEN,   {AB}, only=BY_AB, reason=True, tells={IB, OS}, aside=True, done="Terug naar waarnemen")
row("terug_begrijpen", "Terug naar begrijpen",      {S.EVALUATIE},             S.BEGRIJPEN,   {AB}, only=BY_AB, reason=True, tells={IB, OS}, aside=True, done="Terug naar begrijpen")
row("terug_plannen",   "Terug naar plannen",        {S.EVALUATIE},             S.PLANNEN,     {AB}, only=BY_AB, reason=True, tells={IB, OS}, aside=True, done="Terug naar plannen")
row("afsluiten",       "Traject afsluiten",         {S.EVALUATIE},             S.AFGESLOTEN,  {OS, AB}, only=BY_OS, asks=("doel_behaald", "opbrengst"), tells={IB, OS}, done="Traject afgesloten")
row("afsluiten_ab",    "Traject afsluiten",         {S.EVALUATIE},             S.AFGESLOTEN,  {AB}, only=BY_AB, asks=("doel_behaald", "opbrengst"), may=("afschrift_ouders_op", "afschrift_reden"), tells={IB, OS}, done="Traject afgesloten")
row("overnemen",       "Overdragen aan een andere ambulant begeleider", RUNNING | {S.VOORBEREIDING}, None, {OS}, needs=over_te_dragen, asks=("uitvoerder",), reason=True, sets=ander_van_het_team, does=ab_van_de_aanmelding, tells={IB, AB}, also=vorige, aside=True, done="Overgedragen aan een andere ambulant begeleider", hush=True)
row("stoppen",         "Traject stoppen",           RUNNING | {S.VOORBEREIDING}, S.GESTOPT,   {OS, AB}, reason=True, does=geef_vrij, tells={IB, OS}, aside=True, done="Traject gestopt")

S = Contactmoment.State
CONTACT = Flow(Contactmoment, starts={S.GEBOEKT})
row = CONTACT.step
row("wijzigen",        "Wijzigen",                  {S.GEBOEKT},               None,          {MAKER}, asks=("soort", "minuten", "datum"), may=("notitie",), aside=True, done="Contact gewijzigd")
row("ongedaan",        "Ongedaan maken",            {S.GEBOEKT},               S.VERVALLEN,   {MAKER}, aside=True, done="Contact ongedaan gemaakt")

FLOWS = {flow.kind: flow for flow in [AANMELDING, TRAJECT, CONTACT]}
for flow in FLOWS.values():
    pgtrigger.register(flow.arrows())(flow.model)
