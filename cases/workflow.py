"""Every step of the werkwijze: who may do what, and when. Change the process here, and only here.

What a row names (aanmelding.compleet) stands in cases/stappen/.
"""

import pgtrigger

from cases.engine import FLOWS, Flow
from cases.models import (
    Aanmelding,
    Afspraak,
    Agendapunt,
    Consult,
    Contactmoment,
    Dagdeel,
    ExpertiseInDeKlas,
    Offerte,
    Overleg,
    Route,
    Soort,
    Traject,
)  # fmt: skip
from cases.models.route import REGIE
from cases.roles import Role
from cases.stappen import aanmelding, consult, erbij, klas, offerte, overleg, traject
from cases.velden import FIELDS

IB, OS, AB, TEAM, COORDINATOR, REDEN, MAKER, EXPERT, UITVOERDER, GW, AED, EIGENAAR = Role
BY_OS, BY_AB = {Soort.BASIS, Soort.LICHT}, {Soort.COMPLEX}  # who carries it out (B-7, B-11)
LICHT = {Soort.LICHT}

S = Aanmelding.State
AANMELDING = Flow(Aanmelding, starts={S.CONCEPT}, unless=aanmelding.toestemming_er_nog)
row = AANMELDING.step
#   step               button                       from                       to             by
row("beschrijven",     "Opslaan en later verder",   {S.CONCEPT},               None,          {IB}, may=FIELDS, silent=True, aside=True)
row("indienen",        "Aanmelding versturen",      {S.CONCEPT},               S.INGEDIEND,   {IB}, needs=aanmelding.compleet, sets=aanmelding.verstuurd, does=aanmelding.route_verkennen, tells={OS, TEAM, COORDINATOR}, done="Aanmelding verstuurd")
row("oppakken",        "Oppakken",                  {S.INGEDIEND},             S.OPGEPAKT,    {OS}, asks=("eerste_contact_op", "eerste_contact_met"), waits={"vraag_open": False}, tells={IB}, done="Opgepakt")
row("oppakken_ab",     "Oppakken",                  {S.INGEDIEND},             S.OPGEPAKT,    {TEAM}, only=BY_AB, asks=("eerste_contact_op", "eerste_contact_met"), sets=aanmelding.ik_doe_het, does=aanmelding.bereid_traject_voor, waits={"vraag_open": False}, tells={IB, OS}, done="Opgepakt")
row("nemen",           "Ik neem deze",              {S.OPGEPAKT},              None,          {TEAM}, only=BY_AB, needs=aanmelding.nog_vrij, sets=aanmelding.ik_doe_het, does=aanmelding.bereid_traject_voor, waits={"ab_id": None}, tells={IB, OS}, done="Opgepakt door de ambulant begeleider", hush=True)
row("toewijzen",       "Ambulant begeleider kiezen", {S.OPGEPAKT},             None,          {OS}, only=BY_AB, needs=aanmelding.nog_vrij, asks=("ab",), does=aanmelding.bereid_traject_voor, tells={IB, AB}, aside=True, done="Ambulant begeleider gekozen", hush=True)
row("vragen",          "Vraag aan school",          {S.INGEDIEND, S.OPGEPAKT}, None,          {OS, AB, TEAM}, needs=aanmelding.geen_open_vraag, on=aanmelding.nieuwe_vraag, asks=("vraag",), sets=aanmelding.vraag_staat_open, tells={IB}, aside=True, done="Vraag gesteld aan de school", hush=True)
row("antwoorden",      "Antwoord versturen",        {S.INGEDIEND, S.OPGEPAKT, S.GESTART}, None, {IB}, needs=aanmelding.open_vraag_gesteld, on=aanmelding.open_vraag, asks=("antwoord",), sets=aanmelding.vraag_is_beantwoord, waits={"vraag_open": True}, tells={OS, AB, TEAM}, done="Vraag beantwoord", hush=True)
row("gesprek",         "OS-AB gesprek vastleggen",  {S.OPGEPAKT, S.GESTART},   None,          {OS}, only=BY_OS, asks=("ab", "gesprek_op", "gesprek_wie", "gesprek_inzet", "gesprek_offerte"), tells={AB}, aside=True, done="OS-AB gesprek vastgelegd")
row("aanvullen",       "OS-AB gesprek aanvullen",   {S.OPGEPAKT, S.GESTART},   None,          {AB}, only=BY_OS, needs=aanmelding.gesprek_was_er, asks=("gesprek_wie", "gesprek_inzet"), tells={OS}, aside=True, done="OS-AB gesprek aangevuld", hush=True)
row("starten_basis",   "Traject starten",           {S.OPGEPAKT},              S.GESTART,     {OS}, only={Soort.BASIS}, on=aanmelding.nieuw_traject, asks=("doel", "uitvoerder"), tells={IB, AB}, done="Traject gestart")
row("starten_licht",   "Traject starten",           {S.OPGEPAKT},              S.GESTART,     {OS}, only=LICHT, on=aanmelding.nieuw_traject, asks=("doel", "uitvoerder", "verwachte_einddatum"), tells={IB, AB}, done="Traject gestart")
row("gestart",         "Traject gestart",           {S.OPGEPAKT},              S.GESTART,     {AB}, only=BY_AB, follows=True, aside=True)
row("overgenomen",     "Andere ambulant begeleider", {S.OPGEPAKT, S.GESTART},   None,          {OS}, only=BY_AB, asks=("ab",), follows=True, aside=True, despite=True)
row("vrijgeven",       "Weer vrij",                 {S.OPGEPAKT},              None,          {OS, AB}, only=BY_AB, follows=True, sets=aanmelding.geen_ab_meer, tells={TEAM}, aside=True, despite=True)
row("soort_wijzigen",  "Soort wijzigen",            {S.OPGEPAKT},              None,          {OS}, needs=aanmelding.andere_soort_past, asks=("soort",), reason=True, sets=aanmelding.ab_van_het_gesprek, does=aanmelding.soort_gewijzigd, tells={IB, TEAM}, aside=True, done="Soort gewijzigd", hush=True)
row("andere_setting",  "Andere setting in beeld",   {S.INGEDIEND, S.OPGEPAKT, S.GESTART}, None, {IB, OS, AB}, needs=aanmelding.nog_niet_in_beeld, sets=aanmelding.in_beeld, does=aanmelding.route_verkennen, tells={OS}, aside=True, done="Andere setting in beeld", hush=True)
row("afronden",        "Afronden zonder traject",   {S.OPGEPAKT},              S.AFGEROND,    {OS}, asks=("afgerond_reden", "afgerond_toelichting"), sets=aanmelding.geen_vraag_meer, does=aanmelding.stop_voorbereiding, tells={IB, AB}, aside=True, done="Afgerond zonder traject", despite=True)
row("doorzetten",      "Doorzetten op offerte",     {S.OPGEPAKT},              S.DOORGEZET,   {OS, AB}, on=offerte.nieuwe_offerte, asks=("soort", "vraag"), may=("thema",), fits=offerte.kan_gevraagd, sets=offerte.genummerd, does=aanmelding.naar_offerte, tells={IB, OS}, aside=True, done="Doorgezet op offerte")
row("opp",             "OPP bijhouden",             {S.INGEDIEND, S.OPGEPAKT, S.GESTART}, None, {IB, OS, AB}, needs=aanmelding.over_een_leerling, may=("opp_vastgesteld_op", "opp_evaluatie_op", "opp_gehoord_op", "opp_url"), aside=True, done="OPP bijgehouden", hush=True)
row("routenotitie",    "Notitie bij de route",      {S.INGEDIEND, S.OPGEPAKT, S.GESTART}, None, {IB, OS, AB}, needs=aanmelding.route_is_er, reason=True, tells={OS}, aside=True, done="Notitie bij de route", hush=True)
row("toestemming_weg", "Toestemming van de ouders is ingetrokken", {S.INGEDIEND, S.OPGEPAKT, S.GESTART}, None, {IB, OS}, needs=aanmelding.over_een_leerling, asks=("toestemming_weg_op",), tells={IB, OS, AB}, aside=True, done="Toestemming ingetrokken", hush=True)
row("toestemming_terug", "Ouders geven weer toestemming", {S.INGEDIEND, S.OPGEPAKT, S.GESTART}, None, {IB}, needs=aanmelding.toestemming_ingetrokken, asks=("ouders_akkoord_op",), sets=aanmelding.toestemming_weer_gegeven, tells={OS, AB}, aside=True, done="Ouders geven weer toestemming", hush=True, despite=True)
row("akkoord_weg",     "Onderzoeksverslag niet meer delen", set(S) - {S.CONCEPT}, None,   {IB, OS}, needs=aanmelding.verslag_gedeeld, tells={IB, OS, AB, TEAM}, follows=True, aside=True, done="Ouders trokken akkoord voor een onderzoeksverslag in", despite=True)
row("weggooien",       "Concept weggooien",         {S.CONCEPT},               S.INGETROKKEN, {IB}, sets=aanmelding.leeg, does=aanmelding.bestanden_weg, aside=True, done="Concept weggegooid", despite=True)
row("intrekken",       "Intrekken",                 {S.INGEDIEND, S.OPGEPAKT}, S.INGETROKKEN, {IB}, sets=aanmelding.geen_vraag_meer, does=aanmelding.stop_voorbereiding, tells={OS, AB}, aside=True, done="Aanmelding ingetrokken", despite=True)

S = Traject.State
HGW = {S.WAARNEMEN, S.BEGRIJPEN, S.PLANNEN, S.UITVOEREN}
RUNNING = {S.LOPEND, S.EVALUATIE} | HGW
TRAJECT = Flow(Traject, starts={S.VOORBEREIDING, S.LOPEND}, unless=aanmelding.toestemming_er_nog)
row = TRAJECT.step
row("overleg",         "Kort overleg vastleggen",   {S.VOORBEREIDING},         None,          {AB}, asks=("kort_overleg_op", "kort_overleg_met", "voortraject"), sets=traject.voortraject_blijft, waits={"kort_overleg_op": None}, tells={OS}, done="Kort overleg vastgelegd")
row("overdragen",      "Overdracht vastleggen",     {S.VOORBEREIDING},         None,          {OS}, asks=("overdracht_op", "overdracht_tekst"), sets=traject.van_de_os, waits={"voortraject": True, "overdracht_op": None}, tells={AB}, done="Overdracht vastgelegd")
row("ontvangen",       "Overdracht ontvangen",      {S.VOORBEREIDING},         None,          {AB}, needs=traject.overdracht_gegeven, sets=traject.ontvangen, waits={"voortraject": True, "overdracht_ontvangen_op": None}, tells={OS}, done="Overdracht ontvangen")
row("starten",         "Traject starten",           {S.VOORBEREIDING},         S.WAARNEMEN,   {AB}, needs=traject.kan_starten, does=traject.aanmelding_gestart, tells={IB, OS}, done="Traject gestart")
row("vervallen",       "Voorbereiding vervalt",     {S.VOORBEREIDING},         S.GESTOPT,     {IB, OS, AB}, follows=True, tells={AB}, aside=True, despite=True)
row("waargenomen",     "Waarnemen afronden",        {S.WAARNEMEN},             S.BEGRIJPEN,   {AB}, needs=traject.iets_gezien, asks=("bevinding",), sets=traject.waargenomen, done="Waarnemen afgerond")
row("op_voortraject",  "Waarnemen afronden op basis van het voortraject", {S.WAARNEMEN}, S.BEGRIJPEN, {AB}, needs=traject.overdracht_ontvangen, asks=("bevinding",), sets=traject.waargenomen_op_voortraject, aside=True, done="Waarnemen afgerond op basis van het voortraject", hush=True)
row("begrepen",        "Begrijpen afronden",        {S.BEGRIJPEN},             S.PLANNEN,     {AB}, asks=("onderwijsbehoeften",), may=("sterke_kanten",), sets=traject.begrepen, tells={IB}, done="Begrijpen afgerond")
row("plannen",         "Plan vastleggen",           {S.PLANNEN},               S.UITVOEREN,   {AB}, asks=("doel", "afspraken"), tells={IB}, done="Plan vastgelegd")
row("adviseren",       "Handelingsadvies geven",    HGW | {S.EVALUATIE},       None,          {AB, EXPERT}, only=BY_AB, needs=traject.waarnemen_en_begrijpen_gedaan, on=traject.nieuw_handelingsadvies, asks=("tekst",), tells={IB}, aside=True, done="Handelingsadvies gegeven")
row("adviseren_os",    "Handelingsadvies geven",    {S.LOPEND, S.EVALUATIE},   None,          {OS, AB}, only=BY_OS, on=traject.nieuw_handelingsadvies, asks=("tekst",), tells={IB}, aside=True, done="Handelingsadvies gegeven")
row("procesadvies",    "Procesadvies geven",        RUNNING,                   None,          {OS, AB, EXPERT}, on=traject.nieuw_procesadvies, asks=("tekst",), tells={IB}, aside=True, done="Procesadvies gegeven")
row("bezoek",          "Bezoek vastleggen",         set(S),                    None,          {OS, AB, EXPERT}, needs=traject.gesprek_gevoerd, on=traject.nieuw_contact, asks=("soort", "minuten", "datum"), may=("notitie",), aside=True, done="Contact vastgelegd", despite=True)
row("leerlinggesprek", "Leerlinggesprek vastleggen", HGW,                      None,          {AB}, only=BY_AB, needs=erbij.gesprekken_over, on=erbij.nieuw_leerlinggesprek, asks=("gesprek_doel", "minuten", "datum"), may=("notitie",), fits=erbij.doel_van_gesprek, aside=True, done="Leerlinggesprek vastgelegd")
row("uitzondering",    "Uitzondering op offerte",   HGW,                       None,          {OS}, only=BY_AB, asks=("uitzondering",), tells={IB, AB}, aside=True, done="Uitzondering op offerte vastgelegd")
row("offerte",         "Offerte vragen",            RUNNING,                   None,          {IB, OS, AB}, on=offerte.nieuwe_offerte, asks=("soort", "vraag"), may=("thema",), fits=offerte.kan_gevraagd, sets=offerte.genummerd, does=offerte.gevraagd, aside=True, done="Offerte gevraagd")
row("consult",         "Gedragswetenschapper vragen", HGW,                     None,          {AB}, only=BY_AB, on=erbij.nieuw_consult, asks=("aan", "vraag"), does=erbij.consult_gevraagd, aside=True, done="Consult gevraagd")
row("betrekken",       "Andere expert betrekken",   HGW,                       None,          {UITVOERDER}, only=BY_AB, whose="Alleen degene die het traject uitvoert benadert andere experts, in overleg met de onderwijsspecialist en de IB-er.", on=erbij.nieuwe_betrokkene, asks=("expert", "expertise", "overleg_os_op", "overleg_ib_op"), fits=erbij.nog_niet_betrokken, tells={IB, OS, EXPERT}, aside=True, done="Andere expert betrokken")
row("jeugdhulp",       "Jeugdhulp inschakelen",     RUNNING,                   None,          {IB, OS, AB}, needs=erbij.over_een_leerling, on=erbij.nieuwe_jeugdhulp, asks=("op", "partij", "ouders_akkoord_op"), fits=erbij.ouders_eerst, tells={IB, OS, AB}, aside=True, done="Jeugdhulp ingeschakeld", hush=True)
row("klas",            "Expertise in de klas voorstellen", {S.LOPEND},         None,          {OS, AB}, only=BY_OS, needs=erbij.groep_met_ab, on=erbij.nieuwe_klas, asks=("motivering",), tells={OS, AB}, aside=True, done="Expertise in de klas voorgesteld", hush=True)
row("afschrift",       "Afschrift aan ouders",      RUNNING,                   None,          {OS, AB}, needs=erbij.er_is_een_advies, asks=("afschrift_ouders_op",), aside=True, done="Afschrift aan de ouders gegeven", hush=True, despite=True)
row("doorzetten",      "Doorzetten in het nieuwe schooljaar", RUNNING,         None,          {OS, AB}, reason=True, tells={IB, OS}, aside=True, done="Doorgezet in het nieuwe schooljaar")
row("verlengen",       "Traject verlengen",         {S.LOPEND},                None,          {OS}, only=LICHT, asks=("verwachte_einddatum",), reason=True, tells={IB}, aside=True, done="Traject verlengd")
row("omzetten",        "Omzetten naar complex",     {S.LOPEND, S.EVALUATIE},   S.AFGESLOTEN,  {OS}, only=LICHT, needs=traject.kan_complex_worden, asks=("doel_behaald", "opbrengst"), does=traject.nieuwe_complexe_aanmelding, tells={IB}, aside=True, done="Omgezet naar complex")
row("evalueren",       "Naar evaluatie",            {S.LOPEND},                S.EVALUATIE,   {OS, AB}, tells={IB, OS}, aside=True, done="Evaluatie begonnen", despite=True)
row("evalueren_ab",    "Naar evaluatie",            {S.UITVOEREN},             S.EVALUATIE,   {AB}, tells={IB, OS}, aside=True, done="Evaluatie begonnen", despite=True)
row("terug_waarnemen", "Terug naar waarnemen",      {S.EVALUATIE},             S.WAARNEMEN,   {AB}, only=BY_AB, reason=True, tells={IB, OS}, aside=True, done="Terug naar waarnemen")
row("terug_begrijpen", "Terug naar begrijpen",      {S.EVALUATIE},             S.BEGRIJPEN,   {AB}, only=BY_AB, reason=True, tells={IB, OS}, aside=True, done="Terug naar begrijpen")
row("terug_plannen",   "Terug naar plannen",        {S.EVALUATIE},             S.PLANNEN,     {AB}, only=BY_AB, reason=True, tells={IB, OS}, aside=True, done="Terug naar plannen")
row("afsluiten",       "Traject afsluiten",         {S.EVALUATIE},             S.AFGESLOTEN,  {OS, AB}, only=BY_OS, asks=("doel_behaald", "opbrengst"), tells={IB, OS}, done="Traject afgesloten", despite=True)
row("afsluiten_ab",    "Traject afsluiten",         {S.EVALUATIE},             S.AFGESLOTEN,  {AB}, only=BY_AB, asks=("doel_behaald", "opbrengst"), may=("afschrift_ouders_op", "afschrift_reden"), tells={IB, OS}, done="Traject afgesloten", despite=True)
row("overnemen",       "Overdragen aan een andere ambulant begeleider", RUNNING | {S.VOORBEREIDING}, None, {OS}, needs=erbij.over_te_dragen, asks=("uitvoerder",), reason=True, fits=erbij.ander_van_het_team, sets=erbij.vorige_onthouden, does=erbij.ab_van_de_aanmelding, tells={IB, AB}, also=erbij.vorige, aside=True, done="Overgedragen aan een andere ambulant begeleider", hush=True, despite=True)
row("stoppen",         "Traject stoppen",           RUNNING | {S.VOORBEREIDING}, S.GESTOPT,   {OS, AB}, reason=True, does=traject.geef_vrij, tells={IB, OS}, aside=True, done="Traject gestopt", despite=True)

S = Contactmoment.State
CONTACT = Flow(Contactmoment, starts={S.GEBOEKT})
row = CONTACT.step
row("wijzigen",        "Wijzigen",                  {S.GEBOEKT},               None,          {MAKER}, asks=("soort", "minuten", "datum"), may=("notitie",), aside=True, done="Contact gewijzigd")
row("ongedaan",        "Ongedaan maken",            {S.GEBOEKT},               S.VERVALLEN,   {MAKER}, aside=True, done="Contact ongedaan gemaakt")

S = Overleg.State
OVERLEG = Flow(Overleg, starts={S.NIEUW})
row = OVERLEG.step
row("plannen",         "OT plannen",                {S.NIEUW},                 S.GEPLAND,     {IB}, asks=("datum", "tijd", "minuten"), may=("plaats",), sets=overleg.os_uitgenodigd, tells={OS}, invites=overleg.uitgenodigd, follows=True, done="OT gepland")
row("agenderen",       "Leerling op de agenda",     {S.GEPLAND},               None,          {IB, OS}, on=overleg.nieuw_agendapunt, asks=("aanmelding",), fits=overleg.kan_op_agenda, aside=True, done="Leerling op de agenda")
row("verplaatsen",     "OT verplaatsen",            {S.GEPLAND},               None,          {IB, OS}, asks=("datum", "tijd", "minuten"), may=("plaats",), tells={IB, OS, AB}, invites=overleg.uitgenodigd, aside=True, done="OT verplaatst")
row("houden",          "OT is gehouden",            {S.GEPLAND},               S.GEHOUDEN,    {IB, OS}, needs=overleg.fasen_bepaald, asks=("os_erbij",), may=("os_reden",), fits=overleg.os_was_erbij, does=overleg.alles_besproken, aside=True, done="OT gehouden")
row("verslag",         "Verslag vaststellen",       {S.GEHOUDEN},              S.VASTGESTELD, {IB}, may=("verslag", "verslag_url"), fits=overleg.verslag_of_link, tells={OS, AB}, done="Verslag vastgesteld")
row("afzeggen",        "OT gaat niet door",         {S.GEPLAND},               S.VERVALLEN,   {IB}, reason=True, sets=overleg.genodigden_onthouden, does=overleg.alles_van_agenda, tells={OS, AB}, also=overleg.genodigden, invites=overleg.afgezegd, aside=True, done="OT gaat niet door")

S = Agendapunt.State
AGENDAPUNT = Flow(Agendapunt, starts={S.GEPLAND}, unless=aanmelding.toestemming_er_nog)
row = AGENDAPUNT.step
row("voorbereiden",    "Fase en doel bepalen",      {S.GEPLAND},               S.VOORBEREID,  {IB, OS}, asks=("fase", "doel"), done="OT voorbereid")
row("bijstellen",      "Fase of doel bijstellen",   {S.VOORBEREID},            None,          {IB, OS}, asks=("fase", "doel"), aside=True, done="Fase of doel bijgesteld")
row("ab_uitnodigen",   "Ambulant begeleider uitnodigen", {S.VOORBEREID},       None,          {IB, OS}, needs=overleg.ab_zit_er_diep_in, asks=("ab_reden",), sets=overleg.ab_uitgenodigd, also=overleg.genodigde, invites=overleg.ook_uitgenodigd, aside=True, done="Ambulant begeleider uitgenodigd voor het OT")
row("afspreken",       "Afspraak vastleggen",       {S.VOORBEREID, S.BESPROKEN}, None,        {IB, OS, AB}, on=overleg.nieuwe_afspraak, asks=("wat", "wie", "wanneer"), fits=overleg.wie_hoort_erbij, aside=True, done="Afspraak vastgelegd")
row("besproken",       "Besproken in het OT",       {S.VOORBEREID},            S.BESPROKEN,   {IB, OS}, follows=True, aside=True)
row("van_agenda",      "Van de agenda",             {S.GEPLAND, S.VOORBEREID}, S.VERVALLEN,   {IB, OS}, also=overleg.niet_meer_genodigd, invites=overleg.niet_meer_in_agenda, aside=True, done="Van de agenda van het OT", despite=True)

S = Afspraak.State
AFSPRAAK = Flow(Afspraak, starts={S.OPEN})
row = AFSPRAAK.step
row("gedaan",          "Gedaan",                    {S.OPEN},                  S.GEDAAN,      {EIGENAAR}, done="Afspraak gedaan")
row("is_gedaan",       "Is gedaan",                 {S.OPEN},                  S.GEDAAN,      {IB, OS}, aside=True, done="Afspraak gedaan")
row("verzetten",       "Later",                     {S.OPEN},                  None,          {EIGENAAR, IB, OS}, asks=("wanneer",), aside=True, done="Afspraak verzet")
row("vervalt",         "Vervalt",                   {S.OPEN},                  S.VERVALLEN,   {IB, OS}, reason=True, aside=True, done="Afspraak vervallen")

S = Route.State
ROUTE = Flow(Route, starts={S.VERKENNEN}, unless=aanmelding.toestemming_er_nog)
row = ROUTE.step
row("loopt",           "Route starten",             {S.VERKENNEN},             S.LOOPT,       {OS}, whose=REGIE, asks=("setting",), tells={IB, AB}, aside=True, done="Route gestart")
row("aangemeld",       "Aangemeld bij de setting",  {S.LOOPT},                 S.AANGEMELD,   {OS}, whose=REGIE, asks=("instelling",), tells={IB, AB}, aside=True, done="Aangemeld bij de andere setting")
row("tlv",             "TLV bijhouden",             {S.LOOPT, S.AANGEMELD},    None,          {OS}, whose=REGIE, may=("tlv_aangevraagd_op", "tlv_afgegeven_op", "tlv_niet_op"), aside=True, done="TLV bijgehouden")
row("geplaatst",       "Geplaatst",                 {S.AANGEMELD},             S.GEPLAATST,   {OS}, whose=REGIE, tells={IB, AB}, aside=True, done="Geplaatst in de andere setting")
row("blijft",          "Blijft op school",          {S.VERKENNEN, S.LOOPT, S.AANGEMELD}, S.BLIJFT, {OS}, whose=REGIE, tells={IB, AB}, aside=True, done="Blijft op school", despite=True)
row("stoppen",         "Route stoppen",             {S.VERKENNEN, S.LOOPT, S.AANGEMELD}, S.GESTOPT, {OS}, whose=REGIE, reason=True, tells={IB, AB}, aside=True, done="Route gestopt", despite=True)

S = Consult.State
CONSULT = Flow(Consult, starts={S.GEVRAAGD})
row = CONSULT.step
row("gevraagd",        "Consult gevraagd",          {S.GEVRAAGD},              None,          {MAKER}, tells={GW}, follows=True, aside=True)
row("beantwoorden",    "Antwoord geven",            {S.GEVRAAGD},              S.BEANTWOORD,  {GW}, asks=("antwoord",), sets=consult.beantwoord, tells={MAKER}, done="Consult beantwoord")
row("intrekken",       "Vraag intrekken",           {S.GEVRAAGD},              S.INGETROKKEN, {MAKER}, tells={GW}, aside=True, done="Consult ingetrokken")

S = ExpertiseInDeKlas.State
KLAS = Flow(ExpertiseInDeKlas, starts={S.VOORGESTELD})
row = KLAS.step
row("akkoord_os",      "Voorwaarden toetsen",       {S.VOORGESTELD},           None,          {OS}, waits={"akkoord_os_id": None}, needs=klas.os_nog_niet, sets=klas.akkoord_os, does=klas.beiden_akkoord, tells={AB}, done="Onderwijsspecialist akkoord met Expertise in de klas", hush=True)
row("akkoord_ab",      "Voorwaarden toetsen",       {S.VOORGESTELD},           None,          {AB}, waits={"akkoord_ab_id": None}, needs=klas.ab_nog_niet, sets=klas.akkoord_ab, does=klas.beiden_akkoord, tells={OS}, done="Ambulant begeleider akkoord met Expertise in de klas", hush=True)
row("getoetst",        "Voorwaarden getoetst",      {S.VOORGESTELD},           S.GETOETST,    {OS, AB}, follows=True, aside=True)
row("starten",         "Expertise in de klas starten", {S.GETOETST},           S.LOPEND,      {AB}, tells={IB, OS}, done="Expertise in de klas gestart")
row("dagdeel",         "Dagdeel plannen",           {S.LOPEND},                None,          {AB}, needs=klas.er_is_nog_ruimte, on=klas.nieuw_dagdeel, asks=("datum", "minuten", "werkwijze"), fits=klas.past_in_de_pot, aside=True, done="Dagdeel gepland")
row("ruimer",          "Meer dan 8 dagdelen",       {S.LOPEND},                None,          {AB}, asks=("meer_dan_acht",), tells={OS}, aside=True, done="Meer dan 8 dagdelen")
row("afronden",        "Expertise in de klas afronden", {S.LOPEND},            S.AFGEROND,    {AB}, needs=klas.alles_gegeven, asks=("resultaat",), tells={IB, OS}, aside=True, done="Expertise in de klas afgerond")
row("stoppen",         "Expertise in de klas stoppen", {S.VOORGESTELD, S.GETOETST, S.LOPEND}, S.GESTOPT, {OS, AB}, reason=True, does=klas.dagdelen_vervallen, tells={IB, OS, AB}, aside=True, done="Expertise in de klas gestopt")

S = Dagdeel.State
DAGDEEL = Flow(Dagdeel, starts={S.GEPLAND})
row = DAGDEEL.step
row("gegeven",         "Dagdeel gegeven",           {S.GEPLAND},               S.GEGEVEN,     {AB}, needs=klas.dag_is_geweest, sets=klas.als_contact, aside=True, done="Dagdeel gegeven")
row("verzetten",       "Dagdeel verzetten",         {S.GEPLAND},               None,          {AB}, asks=("datum", "minuten", "werkwijze"), fits=klas.past_in_de_pot, aside=True, done="Dagdeel verzet")
row("vervalt",         "Dagdeel vervalt",           {S.GEPLAND},               S.VERVALLEN,   {AB, OS}, aside=True, done="Dagdeel vervallen")

S = Offerte.State
OFFERTE = Flow(Offerte, starts={S.GEVRAAGD})
row = OFFERTE.step
row("gevraagd",        "Offerte gevraagd",          {S.GEVRAAGD},              None,          {IB, OS, TEAM}, tells={AED, TEAM}, follows=True, aside=True, done="Offerte gevraagd")
row("regel",           "Regel toevoegen",           {S.GEVRAAGD},              None,          {TEAM, AED}, on=offerte.nieuwe_regel, asks=("omschrijving", "uren", "tarief", "btw"), fits=offerte.in_kwartieren, aside=True, done="Regel toegevoegd")
row("regels_weg",      "Alle regels weghalen",      {S.GEVRAAGD},              None,          {TEAM, AED}, needs=offerte.heeft_regels, does=offerte.regels_weg, aside=True, done="Regels weggehaald", hush=True)
row("uitbrengen",      "Offerte uitbrengen",        {S.GEVRAAGD},              S.UITGEBRACHT, {TEAM, AED}, needs=offerte.heeft_regels, asks=("geldig_tot",), sets=offerte.uitgebracht, tells={IB}, done="Offerte uitgebracht")
row("akkoord",         "Akkoord",                   {S.UITGEBRACHT},           S.AKKOORD,     {IB}, needs=offerte.nog_geldig, sets=offerte.besloten, tells={TEAM, AED}, done="School akkoord met de offerte")
row("niet_akkoord",    "Niet akkoord",              {S.UITGEBRACHT},           S.NIET_AKKOORD, {IB}, reason=True, sets=offerte.besloten, tells={TEAM, AED}, aside=True, done="School niet akkoord met de offerte")
row("herzien",         "Nieuwe versie maken",       {S.UITGEBRACHT, S.NIET_AKKOORD, S.VERVALLEN}, S.GEVRAAGD, {TEAM, AED}, sets=offerte.nieuwe_uitgave, does=offerte.zelfde_regels, aside=True, done="Nieuwe versie van de offerte")
row("laten_vervallen", "Laten vervallen",           {S.GEVRAAGD, S.UITGEBRACHT}, S.VERVALLEN, {IB, TEAM, AED}, reason=True, tells={IB, TEAM}, aside=True, done="Offerte vervallen")
row("uitvoeren",       "In uitvoering nemen",       {S.AKKOORD},               S.IN_UITVOERING, {TEAM, AED}, asks=("uitvoerder",), tells={IB}, done="Offerte in uitvoering")
row("werk",            "Werk vastleggen",           {S.IN_UITVOERING},         None,          {TEAM}, on=offerte.nieuw_werk, asks=("datum", "minuten"), aside=True, done="Werk vastgelegd")
row("afronden",        "Offerte afronden",          {S.IN_UITVOERING},         S.AFGEROND,    {TEAM, AED}, tells={IB}, aside=True, done="Offerte afgerond")

for flow in FLOWS.values():
    pgtrigger.register(flow.arrows())(flow.model)
