"""Every step of the werkwijze: who may do what, and when. Change the process here, and only here.

What a row names (aanmelding.compleet) stands in cases/stappen/.
"""

import pgtrigger

from cases.engine import FLOWS, Flow
from cases.models import Aanmelding, Contactmoment, Soort, Traject
from cases.roles import Role
from cases.stappen import aanmelding, traject
from cases.velden import FIELDS

IB, OS, AB, TEAM, COORDINATOR, REDEN, MAKER = Role
BY_OS, BY_AB = {Soort.BASIS, Soort.LICHT}, {Soort.COMPLEX}  # who carries it out (B-7, B-11)
LICHT = {Soort.LICHT}

S = Aanmelding.State
AANMELDING = Flow(Aanmelding, starts={S.CONCEPT})
row = AANMELDING.step
#   step               button                       from                       to             by
row("beschrijven",     "Opslaan en later verder",   {S.CONCEPT},               None,          {IB}, may=FIELDS, silent=True, aside=True)
row("indienen",        "Aanmelding versturen",      {S.CONCEPT},               S.INGEDIEND,   {IB}, needs=aanmelding.compleet, sets=aanmelding.verstuurd, tells={OS, TEAM, COORDINATOR}, done="Aanmelding verstuurd")
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
row("vrijgeven",       "Weer vrij",                 {S.OPGEPAKT},              None,          {OS, AB}, only=BY_AB, follows=True, sets=aanmelding.geen_ab_meer, tells={TEAM}, aside=True)
row("soort_wijzigen",  "Soort wijzigen",            {S.OPGEPAKT},              None,          {OS}, needs=aanmelding.andere_soort_past, asks=("soort",), reason=True, sets=aanmelding.ab_van_het_gesprek, does=aanmelding.soort_gewijzigd, tells={IB, TEAM}, aside=True, done="Soort gewijzigd", hush=True)
row("andere_setting",  "Andere setting in beeld",   {S.INGEDIEND, S.OPGEPAKT, S.GESTART}, None, {IB, OS, AB}, needs=aanmelding.nog_niet_in_beeld, sets=aanmelding.in_beeld, tells={OS}, aside=True, done="Andere setting in beeld", hush=True)
row("afronden",        "Afronden zonder traject",   {S.OPGEPAKT},              S.AFGEROND,    {OS}, asks=("afgerond_reden", "afgerond_toelichting"), sets=aanmelding.geen_vraag_meer, does=aanmelding.stop_voorbereiding, tells={IB, AB}, aside=True, done="Afgerond zonder traject")
row("weggooien",       "Concept weggooien",         {S.CONCEPT},               S.INGETROKKEN, {IB}, sets=aanmelding.leeg, does=aanmelding.bestanden_weg, aside=True, done="Concept weggegooid")
row("intrekken",       "Intrekken",                 {S.INGEDIEND, S.OPGEPAKT}, S.INGETROKKEN, {IB}, sets=aanmelding.geen_vraag_meer, does=aanmelding.stop_voorbereiding, tells={OS, AB}, aside=True, done="Aanmelding ingetrokken")

S = Traject.State
HGW = {S.WAARNEMEN, S.BEGRIJPEN, S.PLANNEN, S.UITVOEREN}
RUNNING = {S.LOPEND, S.EVALUATIE} | HGW
TRAJECT = Flow(Traject, starts={S.VOORBEREIDING, S.LOPEND})
row = TRAJECT.step
row("overleg",         "Kort overleg vastleggen",   {S.VOORBEREIDING},         None,          {AB}, asks=("kort_overleg_op", "kort_overleg_met", "voortraject"), sets=traject.voortraject_blijft, waits={"kort_overleg_op": None}, tells={OS}, done="Kort overleg vastgelegd")
row("overdragen",      "Overdracht vastleggen",     {S.VOORBEREIDING},         None,          {OS}, asks=("overdracht_op", "overdracht_tekst"), sets=traject.van_de_os, waits={"voortraject": True, "overdracht_op": None}, tells={AB}, done="Overdracht vastgelegd")
row("ontvangen",       "Overdracht ontvangen",      {S.VOORBEREIDING},         None,          {AB}, needs=traject.overdracht_gegeven, sets=traject.ontvangen, waits={"voortraject": True, "overdracht_ontvangen_op": None}, tells={OS}, done="Overdracht ontvangen")
row("starten",         "Traject starten",           {S.VOORBEREIDING},         S.WAARNEMEN,   {AB}, needs=traject.kan_starten, does=traject.aanmelding_gestart, tells={IB, OS}, done="Traject gestart")
row("vervallen",       "Voorbereiding vervalt",     {S.VOORBEREIDING},         S.GESTOPT,     {IB, OS}, follows=True, tells={AB}, aside=True)
row("waargenomen",     "Waarnemen afronden",        {S.WAARNEMEN},             S.BEGRIJPEN,   {AB}, needs=traject.iets_gezien, asks=("bevinding",), sets=traject.waargenomen, done="Waarnemen afgerond")
row("op_voortraject",  "Waarnemen afronden op basis van het voortraject", {S.WAARNEMEN}, S.BEGRIJPEN, {AB}, needs=traject.overdracht_ontvangen, asks=("bevinding",), sets=traject.waargenomen_op_voortraject, aside=True, done="Waarnemen afgerond op basis van het voortraject", hush=True)
row("begrepen",        "Begrijpen afronden",        {S.BEGRIJPEN},             S.PLANNEN,     {AB}, asks=("onderwijsbehoeften",), may=("sterke_kanten",), sets=traject.begrepen, tells={IB}, done="Begrijpen afgerond")
row("plannen",         "Plan vastleggen",           {S.PLANNEN},               S.UITVOEREN,   {AB}, asks=("doel", "afspraken"), tells={IB}, done="Plan vastgelegd")
row("adviseren",       "Handelingsadvies geven",    HGW | {S.EVALUATIE},       None,          {AB}, only=BY_AB, needs=traject.waarnemen_en_begrijpen_gedaan, on=traject.nieuw_handelingsadvies, asks=("tekst",), tells={IB}, aside=True, done="Handelingsadvies gegeven")
row("adviseren_os",    "Handelingsadvies geven",    {S.LOPEND, S.EVALUATIE},   None,          {OS, AB}, only=BY_OS, on=traject.nieuw_handelingsadvies, asks=("tekst",), tells={IB}, aside=True, done="Handelingsadvies gegeven")
row("procesadvies",    "Procesadvies geven",        RUNNING,                   None,          {OS, AB}, on=traject.nieuw_procesadvies, asks=("tekst",), tells={IB}, aside=True, done="Procesadvies gegeven")
row("bezoek",          "Bezoek vastleggen",         set(S),                    None,          {OS, AB}, needs=traject.gesprek_gevoerd, on=traject.nieuw_contact, asks=("soort", "minuten", "datum"), may=("notitie",), aside=True, done="Contact vastgelegd")
row("verlengen",       "Traject verlengen",         {S.LOPEND},                None,          {OS}, only=LICHT, asks=("verwachte_einddatum",), reason=True, tells={IB}, aside=True, done="Traject verlengd")
row("omzetten",        "Omzetten naar complex",     {S.LOPEND, S.EVALUATIE},   S.AFGESLOTEN,  {OS}, only=LICHT, needs=traject.kan_complex_worden, asks=("doel_behaald", "opbrengst"), does=traject.nieuwe_complexe_aanmelding, tells={IB}, aside=True, done="Omgezet naar complex")
row("evalueren",       "Naar evaluatie",            {S.LOPEND},                S.EVALUATIE,   {OS, AB}, tells={IB, OS}, aside=True, done="Evaluatie begonnen")
row("evalueren_ab",    "Naar evaluatie",            {S.UITVOEREN},             S.EVALUATIE,   {AB}, tells={IB, OS}, aside=True, done="Evaluatie begonnen")
row("terug_waarnemen", "Terug naar waarnemen",      {S.EVALUATIE},             S.WAARNEMEN,   {AB}, only=BY_AB, reason=True, tells={IB, OS}, aside=True, done="Terug naar waarnemen")
row("terug_begrijpen", "Terug naar begrijpen",      {S.EVALUATIE},             S.BEGRIJPEN,   {AB}, only=BY_AB, reason=True, tells={IB, OS}, aside=True, done="Terug naar begrijpen")
row("terug_plannen",   "Terug naar plannen",        {S.EVALUATIE},             S.PLANNEN,     {AB}, only=BY_AB, reason=True, tells={IB, OS}, aside=True, done="Terug naar plannen")
row("afsluiten",       "Traject afsluiten",         {S.EVALUATIE},             S.AFGESLOTEN,  {OS, AB}, only=BY_OS, asks=("doel_behaald", "opbrengst"), tells={IB, OS}, done="Traject afgesloten")
row("afsluiten_ab",    "Traject afsluiten",         {S.EVALUATIE},             S.AFGESLOTEN,  {AB}, only=BY_AB, asks=("doel_behaald", "opbrengst"), may=("afschrift_ouders_op", "afschrift_reden"), tells={IB, OS}, done="Traject afgesloten")
row("stoppen",         "Traject stoppen",           RUNNING | {S.VOORBEREIDING}, S.GESTOPT,   {OS, AB}, reason=True, does=traject.geef_vrij, tells={IB, OS}, aside=True, done="Traject gestopt")

S = Contactmoment.State
CONTACT = Flow(Contactmoment, starts={S.GEBOEKT})
row = CONTACT.step
row("wijzigen",        "Wijzigen",                  {S.GEBOEKT},               None,          {MAKER}, asks=("soort", "minuten", "datum"), may=("notitie",), aside=True, done="Contact gewijzigd")
row("ongedaan",        "Ongedaan maken",            {S.GEBOEKT},               S.VERVALLEN,   {MAKER}, aside=True, done="Contact ongedaan gemaakt")

for flow in FLOWS.values():
    pgtrigger.register(flow.arrows())(flow.model)
