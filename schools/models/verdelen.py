"""Making a verdeling: a concept comes and goes, and fixing it is done by a function of the database.

That writes the hours of the kringen in the same transaction, and refuses who is no coördinator of all kringen. Nothing
else writes them.
"""

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from schools.models.jaar import Schooljaar
from schools.models.verdeling import Verdeeldeel, Verdeling
from schools.verdeling import verdeel

GEEN_CONCEPT = "Dit concept is er niet meer. Bekijk de uitkomst opnieuw."
FUNCTIONS = f"""
-- who asks is coördinator of all kringen: he divides hours and money
CREATE OR REPLACE FUNCTION verdeelt() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM aangesteld('coordinator') c WHERE c.kring_id IS NULL)
$$;

CREATE OR REPLACE FUNCTION verdeling_klopt(nr uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(bool_and(v.aed_totaal = s.aed AND v.vlieger_totaal = s.vlieger), true)
    FROM schools_verdeling v, LATERAL (SELECT coalesce(sum(d.aed), 0) AS aed, coalesce(sum(d.vlieger), 0) AS vlieger
        FROM schools_verdeeldeel d WHERE d.verdeling_id = v.id) s WHERE v.id = nr
$$;

CREATE OR REPLACE FUNCTION stel_verdeling_vast(nr uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    jaar bigint;
BEGIN
    IF NOT verdeelt() THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = 'Alleen de coördinator van alle kringen stelt de verdeling vast.';
    END IF;
    SELECT v.schooljaar_id INTO jaar FROM schools_verdeling v WHERE v.id = nr AND v.state = 'concept' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = '{GEEN_CONCEPT}';
    END IF;
    UPDATE schools_verdeling SET state = 'bijgesteld' WHERE schooljaar_id = jaar AND state = 'vastgesteld';
    UPDATE schools_verdeling SET state = 'vastgesteld', door_id = actor(), op = now() WHERE id = nr;
    INSERT INTO schools_urenbudget (kring_id, schooljaar_id, bron, uren)
        SELECT d.kring_id, jaar, b.bron, b.uren FROM schools_verdeeldeel d,
            LATERAL (VALUES ('aed', d.aed), ('vlieger', d.vlieger)) b (bron, uren) WHERE d.verdeling_id = nr
    ON CONFLICT (kring_id, schooljaar_id, bron) DO UPDATE SET uren = EXCLUDED.uren;
END
$$;
"""  # noqa: S608


@transaction.atomic
def leg_voor(begin, door, aed_totaal, vlieger_totaal, kringen, waarom=""):
    """The concept of a schooljaar, worked out for {kring: (leerlingen, rugzakken)}; the one that was there goes."""
    jaar = Schooljaar.objects.select_for_update().get_or_create(begin=begin)[0]
    jaar.verdelingen.filter(state=Verdeling.State.CONCEPT).delete()
    versie = (jaar.verdelingen.aggregate(laatste=Max("versie"))["laatste"] or 0) + 1
    made = jaar.verdelingen.create(
        versie=versie, aed_totaal=aed_totaal, vlieger_totaal=vlieger_totaal, waarom=waarom, door=door
    )
    delen = verdeel(aed_totaal, vlieger_totaal, {kring.pk: given for kring, given in kringen.items()})
    Verdeeldeel.objects.bulk_create(
        Verdeeldeel(
            verdeling=made, kring=kring, leerlingen=leerlingen, rugzakken=rugzakken,
            aed=delen[kring.pk].aed, vlieger=delen[kring.pk].vlieger,
        )
        for kring, (leerlingen, rugzakken) in kringen.items()
    )  # fmt: skip
    return made


def stel_verdeling_vast(pk):
    """Fix a concept, in the name of who is logged in; a ValueError says in Dutch why not (A-28)."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.callproc("stel_verdeling_vast", [pk])
    except IntegrityError as error:
        raise ValueError(error.__cause__.diag.message_primary) from error


def gooi_weg(pk):
    """A concept goes, and nothing of it stays: it counted for nothing. A ValueError says that there is none."""
    try:
        with transaction.atomic():
            gone, _ = Verdeling.objects.filter(pk=pk, state=Verdeling.State.CONCEPT).delete()
    except IntegrityError as error:  # somebody fixed it meanwhile
        raise ValueError(error.__cause__.diag.message_primary) from error
    if not gone:
        raise ValueError(GEEN_CONCEPT)
