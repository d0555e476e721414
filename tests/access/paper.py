"""docs/autorisatiematrix.md, made from matrix.toml, the table SEES and the lines per role."""

from pathlib import Path

from cases.roles import SEES, Role
from tests.access.compare import expected

PEOPLE = {
    "ib": "IB-er", "os": "Onderwijsspecialist", "ab": "Begeleider", "team": "Ander lid van het team",
    "coordinator": "Coördinator", "coordinator_reden": "Coördinator met een reden",
    "os_reden": "Specialist elders met een reden", "sbo": "Expert SBO", 
    "expert": "Expert SBO die erbij is gehaald", "gw": "Gedragswetenschapper die gevraagd is",
    "coordinator_aed": "Coördinator AED", "beheerder": "Beheerder", "buur_ib": "IB-er andere school",
    "os_spreeuw": "Specialist ander team", "oud_ib": "IB-er die naar een andere school ging",
    "weg": "Geen rol meer", "anoniem": "Niet ingelogd",
}  # fmt: skip
OUTSIDE = {"anoniem": "Niet ingelogd", "uit": "Account staat uit", "weg": "Geen rol meer", "ib": "Ingelogd"}
WAY_IN = {
    "account_login": "Inloggen", "account_inactive": "Je account staat uit",
    "account_reset_password": "Wachtwoord vergeten",
    "account_reset_password_done": "De mail is verstuurd", "account_reset_password_from_key": "Nieuw wachtwoord kiezen",
    "account_reset_password_from_key_done": "Het wachtwoord is nieuw", "account_signup": "Zelf een account maken",
    "demo": "Demo", "openid_connect_login": "Inloggen via je organisatie",
    "openid_connect_callback": "Terug van je organisatie", "mfa_authenticate": "Code van de tweede stap",
    "account_reauthenticate": "Nog een keer je wachtwoord", "mfa_reauthenticate": "Nog een keer je code",
    "mfa_index": "Tweede stap", "mfa_activate_totp": "Tweede stap aanzetten",
    "mfa_deactivate_totp": "Tweede stap uitzetten",
    "mfa_view_recovery_codes": "Noodcodes bekijken", "mfa_generate_recovery_codes": "Nieuwe noodcodes",
    "mijn_sessies": "Mijn sessies", "sessie_einde": "Een andere sessie beëindigen die er niet is",
    "andere_sessies_einde": "Alle andere sessies beëindigen", "mijn_post": "Mijn mail en agenda",
    "mijn_agenda": "Een geheim adres voor je agenda", "agenda": "Agenda op een geheim adres dat er niet is",
    "account_logout": "Uitloggen",
    "verder": "Verder met wat je verstuurde", "hulp": "Hulp", "start": "Start",
}  # fmt: skip
WORK = {
    "mijn_aanmeldingen": "Mijn aanmeldingen", "werklijst": "Werklijst", "vandaag": "Vandaag", "uren": "Mijn uren",
    "zoeken": "Zoeken", "kringen": "Kringoverzicht", "tellen": "Tellen en vertellen",
    "tellen_bestand": "Tellen en vertellen ophalen", "met_reden": "Inzage met een reden vragen",
    "beoordelen": "Inzage beoordelen", "vervanging": "Vervanging regelen",
    "vervanging_einde": "Een vervanging beëindigen die er niet is", "caseload": "Werk van een begeleider overdragen",
    "nieuw": "Nieuwe aanmelding", "offertes": "Offertes", "offerte_nieuw": "Offerte vragen",
    "voorwaarden": "Voorwaarden voor Expertise in de klas", "verdeling": "Verdeling van de uren",
    "inzet": "Uren van de experts", "middelen": "Middelen per school",
    "belasting": "Belasting van de experts", "bewaren": "Bewaren en vernietigen",
    "overleggen": "OT’s", "overleg_nieuw": "OT plannen", "consulten": "Consulten",
    "post": "Post die niet wegging", "afstemmingen": "Afstemming van de kring", "aanbod": "Aanbod in de kring",
}  # fmt: skip
DOSSIER = {
    "beschrijven": "Concept invullen", "beschrijven:verder": "Concept: naar de controle",
    "beschrijven:vanzelf": "Concept: bewaart zichzelf", "controleren": "Concept controleren",
    "detail:concept": "Concept openen", "verstuurd": "Bevestiging van het versturen", "bijlage": "Bijlage ophalen",
    "bijlage_weg": "Bijlage uit een concept halen", "akkoord_intrekken": "Onderzoeksverslag niet meer delen",
    "bekend": "Zeggen of een eerder traject erbij hoort", "inzage": "Wie heeft dit dossier gezien?",
    "detail:aanmelding": "Nieuwe aanmelding bekijken (complex)",
    "detail:opgepakt": "Opgepakte aanmelding bekijken (complex)",
    "detail:gestart": "Aanmelding met lopend traject bekijken", "detail:traject": "Traject bekijken",
    "brief": "Brief voor de ouders ophalen", "verhaal": "Verhaal delen",
    "detail:contactmoment": "Contactmoment bekijken", "step:indienen": "Versturen", "step:oppakken": "Oppakken (basis)",
    "step:oppakken:leeg": "Oppakken (basis), niets ingevuld", "step:oppakken_ab": "Oppakken (complex)",
    "step:overleg": "Kort overleg vastleggen", "step:bezoek": "Bezoek vastleggen",
    "step:wijzigen": "Bezoek van de begeleider wijzigen", "offerte_pdf": "Offerte als pdf",
    "detail:overleg": "OT bekijken", "vergaderen": "Vergaderen",
    "detail:agendapunt": "Leerling op de agenda van het OT", "step:verplaatsen": "OT verplaatsen",
    "step:voorbereiden": "OT voorbereiden", "detail:route": "Route bekijken", "step:geplaatst": "Route: geplaatst",
    "detail:consult": "Consult bekijken", "step:beantwoorden": "Consult beantwoorden",
    "detail:offerte": "Offerte bekijken", "step:akkoord": "Akkoord met de offerte",
    "afstemming": "Afstemming van de kring: leiden of lezen",
    "vernietiging": "Voorstel om dossiers te vernietigen", "verklaring": "Verklaring van vernietiging ophalen",
    "inzageverzoek": "Inzageverzoek: het hele dossier ophalen",
}  # fmt: skip
PLACES = {"eigen": "De eigen school", "buur": "Andere school, zelfde team", "elders": "Ander team, zelfde kring",
          "ver": "Andere kring", "eiland": "School zonder onderwijsspecialist"}  # fmt: skip
PARTS = {"aanmelding": "De vraag van de school", "vraag": "Vragen aan de school", "bijlage": "Bijlagen",
         "traject": "Het traject", "contactmoment": "Bezoeken en uren", "advies": "Adviezen",
         "overleg": "OT en afspraken", "route": "De route naar een andere setting", "consult": "Consulten",
         "inzage": "Wie het dossier zag"}  # fmt: skip
HEAD = Path(__file__).with_name("kop.md").read_text()  # how to read it, and a line for each role


def gets(page, place, who):
    """What somebody gets at an address, in one word."""
    get, post = (expected(page, method, place, who) for method in ("GET", "POST"))
    if place != "lijst" and post == "405":
        post = "404"
    if "inloggen" in (get + post) and who in {"anoniem", "uit"} and not {get, post} & {"200", "404"}:
        return "inloggen"
    if "302 nogmaals" in (get, post):
        return "wachtwoord"
    if post.endswith("schrijft") or (place == "lijst" and post in {"200", "302", "302 inloggen"} and page != "zoeken"):
        return "door" if (page, get) == ("account_login", "302") or page.startswith("mfa_") else "doen"
    if get == "200" or post in {"200", "409"}:
        return "zien"
    return "door" if get == "302" else "niet"


def table(corner, rows, columns, cell):
    """A table in markdown."""
    lines = [f"| {corner} | {' | '.join(columns.values())} |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {title} | {' | '.join(cell(row, column) for column in columns)} |" for row, title in rows.items()]
    return "\n".join(lines)


def text():
    """The whole paper."""
    roles = {role: role.label for role in Role if role in SEES}
    parts = [
        HEAD,
        "## Inloggen en je eigen account\n",
        table("pagina", WAY_IN, OUTSIDE, lambda page, who: gets(page, "lijst", who)) + "\n",
        "## Lijsten\n\nEen lijst toont alleen dossiers waarin je een rol hebt, en kan leeg zijn.\n",
        table("pagina", WORK, PEOPLE, lambda page, who: gets(page, "lijst", who)) + "\n",
        "## Een dossier van de eigen school, het eigen team\n",
        table("pagina", DOSSIER, PEOPLE, lambda page, who: gets(page, "eigen", who)) + "\n",
        "## Waar een dossier vandaan komt\n\nEen nieuwe complexe aanmelding openen.\n",
        table("dossier van", PLACES, PEOPLE, lambda place, who: gets("detail:aanmelding", place, who)) + "\n",
        "Een lopend traject openen.\n",
        table("dossier van", PLACES, PEOPLE, lambda place, who: gets("detail:traject", place, who)) + "\n",
        "## Wat je binnen een dossier ziet\n\nDe kring ziet aantallen en thema's, nooit een naam.\n",
        table("deel", PARTS, roles, lambda part, role: "zien" if part in SEES[role] else "niet") + "\n",
    ]
    return "\n".join(parts)
