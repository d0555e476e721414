"""What every row of a dossier was before: written by triggers, linked into a chain per dossier, closed to everybody."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.models.aanmelding import Aanmelding
from cases.models.afspraak import Afspraak
from cases.models.afstemming import Afstemming, Afstemmingsbesluit
from cases.models.betrokken import Betrokkene, Jeugdhulp
from cases.models.bewaren import Vernietigd, Vernietiging
from cases.models.consult import Consult
from cases.models.contact import Contactmoment
from cases.models.event import Event
from cases.models.inzage import Beoordeling, Inzage, InzageMetReden
from cases.models.klas import Dagdeel, ExpertiseInDeKlas
from cases.models.offerte import Offerte, Offerteregel, Offertewerk
from cases.models.overleg import Agendapunt, Overleg
from cases.models.route import Route
from cases.models.stukken import Advies, Bijlage, Vraag
from cases.models.traject import Traject
from cases.models.verhaal import Verhaal
from cases.models.zicht import CLOSED, NOTHING


class Keten(models.Model):
    """The end of a chain: of a dossier, or of the lists that one person looked at."""

    id = models.UUIDField(primary_key=True)
    nr = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    KEEPS, POLICY = NOTHING, CLOSED

    class Meta:
        verbose_name_plural = "ketens"

    def __str__(self):
        return str(self.id)


class Schakel(models.Model):
    """One row of history or inzage, as it was when it was written: a digest over it and over the link before."""

    keten = models.UUIDField()
    nr = models.PositiveIntegerField()
    op = models.DateTimeField()
    door = models.UUIDField(null=True)
    tabel = models.CharField(max_length=60)
    rij = models.CharField(max_length=40)
    velden = ArrayField(models.CharField(max_length=60))  # the columns of that time: one may be added later
    inhoud = models.CharField(max_length=64)
    vorige = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    KEEPS, POLICY = NOTHING, CLOSED

    class Meta:
        verbose_name_plural = "schakels"
        constraints = [
            models.UniqueConstraint(fields=["keten", "nr"], name="schakel_een_per_nummer"),
            models.UniqueConstraint(fields=["tabel", "rij"], name="schakel_een_per_rij"),
        ]

    def __str__(self):
        return f"{self.keten} {self.nr}"


FUNCTIONS = """
CREATE OR REPLACE FUNCTION vingerafdruk(r jsonb, velden text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_object_agg(key, value)::text, 'UTF8')), 'hex')
    FROM jsonb_each(r) WHERE key = ANY(velden)
$$;

CREATE OR REPLACE FUNCTION schakelhash(s cases_schakel) RETURNS text
LANGUAGE sql IMMUTABLE SET timezone = 'UTC' AS $$
    SELECT encode(sha256(convert_to((to_jsonb(s) - 'id' - 'hash')::text, 'UTF8')), 'hex')
$$;

-- one link more in a chain
CREATE OR REPLACE FUNCTION schakel(welke uuid, waar text, nummer text, r anyelement) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    eind cases_keten; s cases_schakel; alles jsonb := to_jsonb(r);
BEGIN
    INSERT INTO cases_keten (id, nr, hash) VALUES (welke, 0, '') ON CONFLICT DO NOTHING;
    SELECT * INTO eind FROM cases_keten WHERE id = welke FOR UPDATE;
    s.keten := welke; s.nr := eind.nr + 1; s.op := clock_timestamp(); s.door := actor();
    s.tabel := waar; s.rij := nummer; s.vorige := eind.hash;
    s.velden := ARRAY(SELECT jsonb_object_keys(alles) ORDER BY 1);
    s.inhoud := vingerafdruk(alles, s.velden::text[]);
    s.hash := schakelhash(s);
    INSERT INTO cases_schakel (keten, nr, op, door, tabel, rij, velden, inhoud, vorige, hash)
    VALUES (s.keten, s.nr, s.op, s.door, s.tabel, s.rij, s.velden, s.inhoud, s.vorige, s.hash);
    UPDATE cases_keten SET nr = s.nr, hash = s.hash WHERE id = welke;
END
$$;
"""
CLOSED_FUNCTIONS = ["schakel(uuid, text, text, anyelement)"]  # only the triggers, which run as the owner


def linked(chain, key="id"):
    """A trigger that links each new row into the chain of its dossier."""
    return pgtrigger.Trigger(
        name="schakel",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func=f"PERFORM schakel({chain}, TG_TABLE_NAME, NEW.{key}::text, NEW); RETURN NEW;",
    )


OF_TRAJECT = "(SELECT t.aanmelding_id FROM cases_traject t WHERE t.id = NEW.traject_id)"
TRACKED = {  # model: the dossier of a row of its history
    Aanmelding: "NEW.id",
    Traject: "NEW.aanmelding_id",
    Contactmoment: OF_TRAJECT,
    Advies: OF_TRAJECT,
    Vraag: "NEW.aanmelding_id",
    Bijlage: "NEW.aanmelding_id",
    Betrokkene: OF_TRAJECT,
    Jeugdhulp: OF_TRAJECT,
    Agendapunt: "NEW.aanmelding_id",
    Afspraak: "NEW.aanmelding_id",
    Route: "NEW.aanmelding_id",
    Consult: "NEW.dossier_id",
    ExpertiseInDeKlas: OF_TRAJECT,
    Dagdeel: "(SELECT t.aanmelding_id FROM cases_expertiseindeklas k JOIN cases_traject t ON t.id = k.traject_id"
    " WHERE k.id = NEW.klas_id)",
    Overleg: "NEW.id",  # of no dossier: a chain of its own
    Verhaal: OF_TRAJECT,
    Offerte: "NEW.id",
    Offerteregel: "NEW.offerte_id",
    Offertewerk: "NEW.offerte_id",
    Afstemming: "NEW.id",  # of a kring
    Afstemmingsbesluit: "NEW.afstemming_id",
    Vernietiging: "NEW.id",
}
LINKED = {
    Event: "COALESCE(NEW.dossier_id, NEW.object_id)",
    Inzage: "NEW.keten",
    InzageMetReden: "NEW.dossier_id",
    Vernietigd: "NEW.id",  # of what is no more
}  # never change themselves
HISTORY = {}  # model: the model of its history

for model, chain in TRACKED.items():
    HISTORY[model] = pghistory.create_event_model(
        model,
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=["inhoud"] if model is Bijlage else None,  # of the content the digest is kept
        obj_field=None,
        context_field=None,  # who did it stands in the chain
        model_name=f"{model.__name__}Historie",
        abstract=False,
        attrs={"KEEPS": NOTHING, "POLICY": CLOSED},
    )
    pgtrigger.register(linked(chain, "pgh_id"))(HISTORY[model])
for model, chain in LINKED.items():
    pgtrigger.register(linked(chain))(model)
pgtrigger.register(linked("(SELECT i.keten FROM cases_inzage i WHERE i.id = NEW.inzage_id)"))(Beoordeling)
