"""An ambulant begeleider stands in for another, from a day until a day. It gives rights, so the database writes it.

Only a function does, that refuses who is no onderwijsspecialist of their team and no coördinator of its kring. It
counts on a day on which both are ambulant begeleider of one team, and hands everything back by itself.
"""

import datetime
import uuid

from django.db import IntegrityError, connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q

from schools.models.jaar import vandaag
from schools.models.mensen import Aanstelling, Rol, User

YEAR = datetime.timedelta(days=366)


class VervangingQuerySet(models.QuerySet):
    def open(self):
        """Those that run, or are still to begin."""
        return self.filter(beeindigd_op=None, tot__gte=vandaag())

    def nu(self):
        """Those that give rights today."""
        ab = Aanstelling.objects.nu().filter(rol=Rol.AB)
        other = ab.filter(user=OuterRef(OuterRef("door")), team=OuterRef("team"))
        return self.open().filter(Exists(ab.filter(Exists(other), user=OuterRef("van_wie"))), van__lte=vandaag())


class Vervanging(models.Model):
    """During it `door` sees and does in the dossiers of `van_wie` what he does there himself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    van_wie = models.ForeignKey(User, models.PROTECT, related_name="vervangen", verbose_name="wie wordt vervangen?")
    door = models.ForeignKey(User, models.PROTECT, related_name="vervangt", verbose_name="wie vervangt?")
    van = models.DateField("vanaf", default=vandaag)
    tot = models.DateField("tot en met")
    vastgelegd_op = models.DateTimeField(editable=False)
    vastgelegd_door = models.ForeignKey(User, models.PROTECT, editable=False, related_name="+")
    beeindigd_op = models.DateTimeField(null=True, editable=False)  # earlier than was planned
    beeindigd_door = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")

    objects = VervangingQuerySet.as_manager()
    KEEPS = ("INSERT", "UPDATE", "DELETE")

    class Meta:
        verbose_name_plural = "vervangingen"
        ordering = ["van", "van_wie__achternaam"]
        indexes = [models.Index(fields=["door", "tot"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(door=F("van_wie")),
                name="vervanging_een_ander",
                violation_error_message="Kies een ander om te vervangen.",
            ),
            models.CheckConstraint(
                condition=Q(tot__gte=F("van")),
                name="vervanging_van_tot",
                violation_error_message="De laatste dag moet op of na de eerste dag liggen.",
            ),
            models.CheckConstraint(
                condition=Q(tot__lte=F("van") + YEAR),
                name="vervanging_een_jaar",
                violation_error_message="Een vervanging duurt hoogstens een jaar. Kies een eerdere laatste dag.",
            ),
            models.CheckConstraint(
                condition=Q(beeindigd_op=None, beeindigd_door=None)
                | Q(beeindigd_op__isnull=False, beeindigd_door__isnull=False),
                name="vervanging_beeindigd",
                violation_error_message="Van een beëindigde vervanging staat vast wanneer en door wie.",
            ),
        ]

    def __str__(self):
        return f"{self.door} vervangt {self.van_wie}"


FUNCTIONS = """
-- the teams of which both are ambulant begeleider today
CREATE OR REPLACE FUNCTION samen_ab(een uuid, ander uuid) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT x.team_id FROM aanstellingen_nu() x JOIN aanstellingen_nu() y ON y.team_id = x.team_id
    WHERE x.user_id = een AND x.rol = 'ab' AND y.user_id = ander AND y.rol = 'ab'
$$;

-- who asks, and those for whom he stands in today
CREATE OR REPLACE FUNCTION namens() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT actor() || ARRAY(SELECT v.van_wie_id FROM schools_vervanging v WHERE v.door_id = actor()
        AND v.beeindigd_op IS NULL AND geldig(v.van, v.tot) AND EXISTS (SELECT FROM samen_ab(v.van_wie_id, v.door_id)))
$$;

-- who asks may arrange it between these two; a coördinator never for himself, who gets no dossier by it otherwise
CREATE OR REPLACE FUNCTION regelt_vervanging(wie uuid, ander uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM samen_ab(wie, ander) s JOIN schools_expertteam e ON e.id = s
        WHERE e.id IN (SELECT o.team_id FROM aangesteld('os') o) OR (ander <> actor() AND EXISTS (
            SELECT FROM aangesteld('coordinator') c WHERE c.kring_id IS NULL OR c.kring_id = e.kring_id)))
$$;

CREATE OR REPLACE FUNCTION vervang(wie uuid, ander uuid, begin date, eind date) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    nr uuid := gen_random_uuid();
BEGIN
    IF NOT EXISTS (SELECT FROM samen_ab(wie, ander)) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = 'Kies twee ambulant begeleiders van hetzelfde expertteam.';
    END IF;
    IF NOT regelt_vervanging(wie, ander) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE =
            'De onderwijsspecialist van het team of de coördinator van de kring regelt dit. Niet voor zichzelf.';
    END IF;
    IF begin < (now() AT TIME ZONE 'Europe/Amsterdam')::date THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'Een vervanging begint vandaag of later.';
    END IF;
    PERFORM FROM schools_user u WHERE u.id = wie FOR UPDATE;  -- two at once do not both find nothing
    IF EXISTS (SELECT FROM schools_vervanging v WHERE v.van_wie_id = wie AND v.door_id = ander
            AND v.beeindigd_op IS NULL AND v.van <= eind AND v.tot >= begin) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = 'Voor deze dagen is dit al geregeld. Beëindig eerst de andere vervanging.';
    END IF;
    INSERT INTO schools_vervanging (id, van_wie_id, door_id, van, tot, vastgelegd_op, vastgelegd_door_id)
    VALUES (nr, wie, ander, begin, eind, now(), actor());
    RETURN nr;
END
$$;

CREATE OR REPLACE FUNCTION beeindig_vervanging(nr uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE schools_vervanging SET beeindigd_op = now(), beeindigd_door_id = actor()
    WHERE id = nr AND beeindigd_op IS NULL AND regelt_vervanging(van_wie_id, door_id);
    RETURN FOUND;
END
$$;
"""


def vervang(van_wie, door, van, tot):
    """Write a vervanging down, in the name of who is logged in; a ValueError says in Dutch why not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.callproc("vervang", [van_wie.pk, door.pk, van, tot])
            return cursor.fetchone()[0]
    except IntegrityError as error:
        said = error.__cause__.diag
        walls = {wall.name: wall.violation_error_message for wall in Vervanging._meta.constraints}
        raise ValueError(walls.get(said.constraint_name, said.message_primary)) from error


def beeindig_vervanging(pk):
    """End a vervanging at once, in the name of who is logged in; False when that is not up to him."""
    with connection.cursor() as cursor:
        cursor.callproc("beeindig_vervanging", [pk])
        return cursor.fetchone()[0]
