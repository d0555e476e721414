"""Who looked at which dossier, and why that was allowed; and the way in with a reason."""

import uuid
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from cases.models.aanmelding import Aanmelding, person
from cases.models.base import refuse, wall
from cases.models.zicht import in_dossier, policy, seen

HOUR = timedelta(hours=1)
GEVRAAGD = "SELECT c.dossier_id FROM cases_consult c WHERE c.aan_id = actor()"  # of a consult one sees the question
REVIEWER = "in_mijn_kring({})"  # SQL: the coördinator of the kring of this dossier


class Inzage(models.Model):
    """One page that showed one or more dossiers to somebody. Written with the page, or there is no page."""

    class Deel(models.TextChoices):
        DOSSIER = "dossier", "Het dossier"
        LIJST = "lijst", "Een lijst"
        STAP = "stap", "Een stap in het dossier"
        BIJLAGE = "bijlage", "Een bijlage"
        FORMULIER = "formulier", "Het aanmeldformulier"
        INZAGE = "inzage", "De lijst van inzage"
        VERZOEK = "verzoek", "Het hele dossier, voor een inzageverzoek"

    op = models.DateTimeField(auto_now_add=True)
    door = person("door", editable=False)
    als = models.CharField("als", max_length=200)
    namens = models.CharField("namens", max_length=200, blank=True)
    deel = models.CharField("wat", max_length=12, choices=Deel)
    waarom = models.CharField("waarom mocht dat", max_length=300)
    pagina = models.CharField(max_length=40)
    dossiers = ArrayField(models.UUIDField())
    keten = models.UUIDField(editable=False)  # of the dossier; of a list: of who looked
    met_reden = models.ForeignKey("cases.InzageMetReden", models.PROTECT, null=True, related_name="gezien")
    KEEPS = ("UPDATE", "DELETE")
    POLICY = policy(
        f"door_id = actor() OR dossiers && {seen('inzage')} OR {REVIEWER.format('dossiers[1]')}",
        insert="door_id = actor() AND keten IN (actor(), dossiers[1])"
        f" AND dossiers <@ ({seen('aanmelding')} || eerdere(dossiers) || ARRAY({GEVRAAGD}))",
    )

    class Meta:
        verbose_name = "inzage"
        verbose_name_plural = "inzages"
        ordering = ["-op", "-pk"]
        indexes = [GinIndex(fields=["dossiers"]), models.Index(fields=["door", "op"]), models.Index(fields=["op"])]
        constraints = [
            wall("inzage_van_iets", ~Q(dossiers=[]), "Een inzage gaat over een dossier."),
            wall("inzage_waarom", ~Q(als="") & ~Q(waarom=""), "Bij een inzage hoort waarom die mocht."),
        ]

    def __str__(self):
        return f"{self.door} · {self.get_deel_display()}"


class InzageMetReden(models.Model):
    """A coördinator or another onderwijsspecialist may look into one dossier, an hour long, and all know it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Aanmelding, models.PROTECT, related_name="met_reden", editable=False)
    door = person("door", editable=False)
    reden = models.CharField("waarom moet je dit dossier zien?", max_length=300)
    van = models.DateTimeField()
    tot = models.DateTimeField()
    KEEPS = ("INSERT", "UPDATE", "DELETE")  # only the function `open_met_reden` makes one
    POLICY = policy(f"door_id = actor() OR {in_dossier('dossier_id', 'inzage')} OR {REVIEWER.format('dossier_id')}")

    class Meta:
        verbose_name = "inzage met reden"
        verbose_name_plural = "inzages met reden"
        ordering = ["-van"]
        indexes = [models.Index(fields=["door", "tot"])]
        constraints = [
            wall(
                "met_reden_waarom",
                Q(reden__regex=r"\S.{18,}\S"),
                "Schrijf in minstens 20 tekens op waarom je dit dossier moet zien.",
            ),
            wall("met_reden_een_uur", Q(tot=F("van") + HOUR), "Inzage met reden duurt een uur."),
        ]

    def __str__(self):
        return f"{self.door} · {self.dossier}"


MAY_JUDGE = f"EXISTS (SELECT FROM cases_inzage i WHERE i.id = inzage_id AND {REVIEWER.format('i.dossiers[1]')})"


class Beoordeling(models.Model):
    """Somebody looked at an inzage afterwards, and says whether it was right."""

    class Oordeel(models.TextChoices):
        TERECHT = "terecht", "Terecht"
        NAVRAGEN = "navragen", "Ik vraag het na"
        ONTERECHT = "onterecht", "Niet terecht"

    inzage = models.OneToOneField(Inzage, models.PROTECT, related_name="beoordeling", editable=False)
    door = person("door", editable=False)
    op = models.DateTimeField(auto_now_add=True)
    oordeel = models.CharField("was deze inzage terecht?", max_length=10, choices=Oordeel)
    toelichting = models.CharField("toelichting", max_length=300, blank=True)
    KEEPS = ("UPDATE", "DELETE")
    POLICY = policy(MAY_JUDGE, insert=f"door_id = actor() AND {MAY_JUDGE}")

    class Meta:
        verbose_name_plural = "beoordelingen"
        constraints = [
            wall("beoordeling_oordeel", Q(oordeel__in=["terecht", "navragen", "onterecht"]), "Kies een oordeel."),
            wall(
                "beoordeling_toelichting",
                Q(oordeel="terecht") | ~Q(toelichting=""),
                "Schrijf op wat er niet klopt of wat je navraagt.",
            ),
        ]
        triggers = [
            refuse(
                "niet_zichzelf",
                "NEW.door_id = (SELECT i.door_id FROM cases_inzage i WHERE i.id = NEW.inzage_id)",
                "Een ander beoordeelt jouw inzage.",
            ),
        ]

    def __str__(self):
        return self.get_oordeel_display()


FUNCTIONS = """
-- the dossiers with the earlier traject of these
CREATE OR REPLACE FUNCTION eerdere(van uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT array_agg(t.aanmelding_id) FROM cases_aanmelding a JOIN cases_traject t ON t.id = a.eerder_traject_id
    WHERE a.id = ANY (van)
$$;

-- who asks is a coördinator of the kring of this dossier; of a school without one, any coördinator is
CREATE OR REPLACE FUNCTION in_mijn_kring(dossier uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM aangesteld('coordinator') c JOIN cases_aanmelding a ON a.id = dossier
        JOIN schools_school s ON s.id = a.school_id LEFT JOIN schools_expertteam e ON e.id = s.team_id
        WHERE c.kring_id IS NULL OR e.kring_id IS NULL OR c.kring_id = e.kring_id)
$$;

CREATE OR REPLACE FUNCTION open_met_reden(welk text, waarom text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    d uuid; k bigint;
BEGIN
    SELECT a.id, e.kring_id INTO d, k FROM cases_aanmelding a JOIN schools_school s ON s.id = a.school_id
    LEFT JOIN schools_expertteam e ON e.id = s.team_id WHERE a.nummer = welk;
    IF EXISTS (SELECT FROM aangesteld('beheerder')) OR NOT EXISTS (SELECT FROM aangesteld('os') UNION ALL
            SELECT FROM aangesteld('coordinator') c WHERE c.kring_id IS NULL OR c.kring_id = k) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = 'Inzage met reden is alleen voor een coördinator van de kring of een onderwijsspecialist.';
    END IF;
    IF d IS NOT NULL THEN
        INSERT INTO cases_inzagemetreden (id, dossier_id, door_id, reden, van, tot)
        VALUES (gen_random_uuid(), d, actor(), waarom, now(), now() + interval '60 minutes');
    END IF;
    RETURN d;
END
$$;
"""
