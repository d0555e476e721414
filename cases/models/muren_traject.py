"""The walls of a traject: what the database refuses, and the sentence it refuses with."""

import pgtrigger
from django.db import models
from django.db.models import Q

from cases.models.base import filled, has_role, present, refuse, wall, written
from cases.models.keuzes import Soort

VOORBEREIDING, LOPEND, EVALUATIE, AFGESLOTEN, GESTOPT = "voorbereiding", "lopend", "evaluatie", "afgesloten", "gestopt"
WAARNEMEN, BEGRIJPEN, PLANNEN, UITVOEREN = "waarnemen", "begrijpen", "plannen", "uitvoeren"  # HGW
ENDED = [AFGESLOTEN, GESTOPT]
NOT_STARTED = [VOORBEREIDING, GESTOPT]
COMPLEX = [VOORBEREIDING, WAARNEMEN, BEGRIJPEN, PLANNEN, UITVOEREN, EVALUATIE, *ENDED]
WHOLE = "SELECT {} FROM cases_aanmelding a WHERE a.id = NEW.aanmelding_id"  # SQL: one column of the aanmelding


class State(models.TextChoices):
    VOORBEREIDING = VOORBEREIDING, "Voorbereiding"
    LOPEND = LOPEND, "Loopt"
    WAARNEMEN = WAARNEMEN, "Loopt · waarnemen"
    BEGRIJPEN = BEGRIJPEN, "Loopt · begrijpen"
    PLANNEN = PLANNEN, "Loopt · plannen"
    UITVOEREN = UITVOEREN, "Loopt · uitvoeren"
    EVALUATIE = EVALUATIE, "Evaluatie"
    AFGESLOTEN = AFGESLOTEN, "Afgesloten"
    GESTOPT = GESTOPT, "Gestopt"


CONSTRAINTS = [
    models.UniqueConstraint(
        fields=["aanmelding"],
        condition=~Q(state__in=ENDED),
        name="traject_een_lopend",
        violation_error_message="Er loopt al een traject bij deze aanmelding.",
    ),
    wall(
        "traject_state",
        Q(soort=Soort.COMPLEX, state__in=COMPLEX)
        | Q(soort__in=[Soort.BASIS, Soort.LICHT], state__in=[LOPEND, EVALUATIE, *ENDED]),
        "Deze status past niet bij deze ondersteuning.",
    ),
    wall(
        "traject_kort_overleg",
        ~Q(soort=Soort.COMPLEX) | Q(state__in=NOT_STARTED) | present("kort_overleg_op", "kort_overleg_met"),
        "Het traject kan nog niet starten. Leg eerst het korte overleg met de onderwijsspecialist vast.",
    ),
    wall(
        "traject_overdracht",
        ~Q(soort=Soort.COMPLEX)
        | Q(voortraject=False)
        | Q(state__in=NOT_STARTED)
        | present("overdracht_op", "overdracht_ontvangen_op"),
        "Er is een voortraject. Leg eerst de overdracht van de onderwijsspecialist vast.",
    ),
    wall(
        "traject_overdracht_heel",
        Q(overdracht_op=None, overdracht_door=None, overdracht_tekst="", overdracht_ontvangen_op=None)
        | (present("overdracht_op", "overdracht_door") & filled("overdracht_tekst")),
        "Leg van de overdracht vast: wanneer, door wie, en wat er al bekend is.",
    ),
    wall(
        "traject_waarnemen",
        ~Q(soort=Soort.COMPLEX)
        | Q(state__in=[VOORBEREIDING, WAARNEMEN, GESTOPT])
        | (present("waarnemen_afgerond_op") & filled("bevinding")),
        "Rond eerst waarnemen af.",
    ),
    wall(
        "traject_begrijpen",
        ~Q(soort=Soort.COMPLEX)
        | Q(state__in=[VOORBEREIDING, WAARNEMEN, BEGRIJPEN, GESTOPT])
        | (present("begrijpen_afgerond_op") & filled("onderwijsbehoeften")),
        "Rond eerst waarnemen en begrijpen af.",
    ),
    wall(
        "traject_begrijpen_na_waarnemen",
        Q(begrijpen_afgerond_op=None) | present("waarnemen_afgerond_op"),
        "Rond eerst waarnemen af.",
    ),
    wall(
        "traject_waarnemen_op_voortraject",
        Q(waarnemen_op_voortraject=False) | present("overdracht_ontvangen_op"),
        "Neem eerst de overdracht in ontvangst.",
    ),
    wall(
        "traject_kortdurend",
        ~Q(soort=Soort.LICHT) | present("verwachte_einddatum"),
        "Vul in wanneer het klaar is. Lichte ondersteuning is altijd kortdurend.",
    ),
    wall("traject_doel", Q(soort=Soort.COMPLEX) | filled("doel"), "Schrijf op wat het doel is."),
    wall(
        "traject_opbrengst",
        ~Q(state=AFGESLOTEN) | filled("doel_behaald", "opbrengst"),
        "Vul in of het doel behaald is en wat het opleverde.",
    ),
    wall(
        "traject_afschrift",
        ~Q(soort=Soort.COMPLEX, state=AFGESLOTEN) | present("afschrift_ouders_op") | filled("afschrift_reden"),
        "Leg vast wanneer de ouders een afschrift van het advies kregen.",
    ),
]

TRIGGERS = [
    refuse(
        "soort",
        f"{written('soort')} AND NEW.soort <> ({WHOLE.format('soort')})",
        "Het traject heeft dezelfde soort als de aanmelding.",
    ),
    refuse(
        "uitvoerder",
        f"{written('uitvoerder_id')} AND NEW.soort = 'complex' AND NOT {has_role('NEW.uitvoerder_id', 'ab')}",
        "Een ambulant begeleider voert een complex traject uit.",
    ),
    refuse(
        "uitvoerder_van_het_team",
        "NEW.uitvoerder_id <> OLD.uitvoerder_id AND NOT EXISTS (SELECT 1 FROM aanstellingen_nu() x"
        " JOIN schools_school s ON s.team_id = x.team_id JOIN cases_aanmelding a ON a.school_id = s.id"
        " WHERE x.user_id = NEW.uitvoerder_id AND a.id = NEW.aanmelding_id)",
        "Kies een andere ambulant begeleider van het team van de school.",
        pgtrigger.Update,
    ),
    refuse(
        "os_ab_gesprek",
        f"{written('uitvoerder_id')} AND NEW.soort <> 'complex' AND NOT {has_role('NEW.uitvoerder_id', 'os')}"
        f" AND ({WHOLE.format('CASE WHEN a.gesprek_op IS NULL THEN NULL ELSE a.ab_id END')}) IS DISTINCT FROM"
        " NEW.uitvoerder_id",
        "Leg eerst het OS-AB gesprek vast.",
    ),
    refuse(
        "voortraject",
        f"NEW.soort = 'complex' AND NOT NEW.voortraject AND ({WHOLE.format('eerder_traject_id')}) IS NOT NULL",
        "Er is een voortraject. Leg eerst de overdracht van de onderwijsspecialist vast.",
    ),
    refuse(
        "overdracht",
        f"NEW.overdracht_door_id IS NOT NULL AND {written('overdracht_door_id')}"
        f" AND NOT {has_role('NEW.overdracht_door_id', 'os')}",
        "De onderwijsspecialist geeft de overdracht.",
    ),
    refuse(
        "kort_overleg",
        f"NEW.kort_overleg_met_id IS NOT NULL AND {written('kort_overleg_met_id')}"
        f" AND NOT {has_role('NEW.kort_overleg_met_id', 'os')}",
        "Het korte overleg is met de onderwijsspecialist.",
    ),
]
