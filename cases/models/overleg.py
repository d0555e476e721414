"""The ondersteuningsteam (OT): the school organises it, the onderwijsspecialist is there (B-9)."""

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import connection, models
from django.db.models import Q

from cases.models.aanmelding import Aanmelding, person
from cases.models.base import Scoped, filled, present, refuse, wall, written
from cases.models.keuzes import Fase, JaNee
from cases.models.toestemming import met_toestemming
from cases.models.zicht import in_dossier, policy
from cases.roles import Relation, Role, at_school, at_team, holders, still, through, with_cover
from schools.models import Rol, School

FASE_EERST = "Bepaal vóór het OT in welke fase van het handelingsgericht werken het OT wordt ingezet."
DIEP = "Een ambulant begeleider komt alleen bij het OT als zij het traject van deze leerling uitvoert."
MINE = "ARRAY(SELECT overleggen())"
FUNCTIONS = """
CREATE OR REPLACE FUNCTION overleggen() RETURNS SETOF uuid ROWS 100
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET random_page_cost = 1.1 AS $$
BEGIN
    RETURN QUERY SELECT o.id FROM cases_overleg o
        WHERE o.school_id = ANY (ARRAY(SELECT scholen_als('ib')) || ARRAY(SELECT scholen_als('os')));
    IF EXISTS (SELECT FROM aangesteld('ab')) THEN
        RETURN QUERY SELECT p.overleg_id FROM cases_agendapunt p
        WHERE p.ab_id = ANY (namens()) AND p.state <> 'vervallen';
    END IF;
END
$$;

-- somebody has another OT at that time; where and about whom is not said
CREATE OR REPLACE FUNCTION bezet(wie uuid, dag date, begin time, duur integer, behalve uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM cases_overleg o WHERE o.os_id = wie AND o.datum = dag AND o.state = 'gepland'
        AND o.id <> behalve AND (dag + o.tijd, make_interval(mins => o.minuten)) OVERLAPS
            (dag + begin, make_interval(mins => duur)))
$$;
"""


def bezet(overleg, when):
    """Whether the onderwijsspecialist of this school has another OT at that moment."""
    os = holders(Rol.OS, team=overleg.school.team_id).first() if overleg.school.team_id else None
    with connection.cursor() as cursor:
        given = [os and os.pk, when["datum"], when["tijd"], when["minuten"], overleg.pk]
        cursor.execute("SELECT bezet(%s::uuid, %s, %s, %s, %s)", given)
        return cursor.fetchone()[0]


def agendapunten(**of):
    """The points of the agenda, by the model that keeps them."""
    return Overleg._meta.get_field("agenda").related_model.objects.exclude(state="vervallen").filter(**of)


class Overleg(Scoped):
    """One meeting of the OT of a school, about one or more leerlingen."""

    class State(models.TextChoices):
        NIEUW = "nieuw", "Nieuw"
        GEPLAND = "gepland", "Gepland"
        GEHOUDEN = "gehouden", "Gehouden"
        VASTGESTELD = "vastgesteld", "Verslag klaar"
        VERVALLEN = "vervallen", "Gaat niet door"

    school = models.ForeignKey(School, models.PROTECT, related_name="overleggen", editable=False)
    door = person("door", editable=False)
    state = models.CharField("status", max_length=20, choices=State, default=State.NIEUW, editable=False)
    datum = models.DateField("op welke dag?", null=True, blank=True)
    tijd = models.TimeField("hoe laat?", null=True, blank=True)
    minuten = models.PositiveSmallIntegerField(
        "hoe lang, in minuten?", default=60, validators=[MinValueValidator(10), MaxValueValidator(480)]
    )
    plaats = models.CharField("waar?", max_length=120, blank=True)
    os = person("onderwijsspecialist", null=True, blank=True, editable=False)
    os_erbij = models.CharField("was de onderwijsspecialist erbij?", max_length=10, choices=JaNee, blank=True)
    os_reden = models.CharField("niet erbij? Schrijf op waarom", max_length=200, blank=True)
    verslag = models.TextField("verslag", max_length=3000, blank=True)
    verslag_url = models.CharField(
        "of een link naar het Groeidocument", max_length=500, blank=True, validators=[URLValidator(["https", "http"])]
    )

    RELATIONS = {
        Role.IB: Relation(at_school, lambda o: holders(Rol.IB, school=o.school_id)),
        Role.OS: Relation(lambda u: at_team(u, Rol.OS), lambda o: holders(Rol.OS, team=o.school.team_id)),
        Role.AB: Relation(
            lambda u: still(u, Q(pk__in=agendapunten(ab__in=u.namens).values("overleg")), Rol.AB),
            lambda o: holders(Rol.AB, user__in=with_cover(*agendapunten(overleg=o).values_list("ab", flat=True))),
        ),
    }
    POLICY = policy(
        f"id = ANY ({MINE})",
        insert="door_id = actor() AND school_id = ANY (ARRAY(SELECT scholen_als('ib')))",
        update="school_id = ANY (ARRAY(SELECT scholen_als('ib'))) OR school_id = ANY (ARRAY(SELECT scholen_als('os')))",
    )

    class Meta:
        verbose_name = "OT-overleg"
        verbose_name_plural = "OT-overleggen"
        ordering = ["datum", "tijd", "pk"]
        constraints = [
            wall("overleg_state", Q(state__in=["nieuw", "gepland", "gehouden", "vastgesteld", "vervallen"]),
                 "Deze status bestaat niet."),
            wall("overleg_wanneer", Q(state__in=["nieuw", "vervallen"]) | present("datum", "tijd"),
                 "Vul in op welke dag en hoe laat het OT is."),
            wall("overleg_duur", Q(minuten__range=(10, 480)), "Een OT duurt 10 minuten tot 8 uur."),
            wall(
                "overleg_os_erbij",
                ~Q(state__in=["gehouden", "vastgesteld"]) | Q(os_erbij="ja") | Q(os_erbij="nee") & filled("os_reden"),
                "Schrijf op waarom de onderwijsspecialist er niet bij was.",
            ),
        ]  # fmt: skip
        triggers = [
            refuse(
                "fase_eerst",
                f"{written('state')} AND NEW.state = 'gehouden' AND (EXISTS (SELECT FROM cases_agendapunt p WHERE"
                " p.overleg_id = NEW.id AND p.state = 'gepland') OR NOT EXISTS (SELECT FROM cases_agendapunt p WHERE"
                " p.overleg_id = NEW.id AND p.state <> 'vervallen'))",
                FASE_EERST,
            ),
        ]

    def __str__(self):
        return f"OT {self.school}"

    dossier_id = None  # a meeting is about more than one dossier
    kenmerk = ""

    @property
    def thuis(self):
        return "overleg", self.pk


class Agendapunt(Scoped):
    """One leerling in one OT: the phase and the goal are known beforehand (B-9)."""

    class State(models.TextChoices):
        GEPLAND = "gepland", "Nog voorbereiden"
        VOORBEREID = "voorbereid", "Voorbereid"
        BESPROKEN = "besproken", "Besproken"
        VERVALLEN = "vervallen", "Van de agenda"

    overleg = models.ForeignKey(Overleg, models.PROTECT, related_name="agenda", editable=False)
    aanmelding = models.ForeignKey(Aanmelding, models.PROTECT, related_name="agendapunten", editable=False)
    state = models.CharField("status", max_length=20, choices=State, default=State.GEPLAND, editable=False)
    fase = models.CharField("in welke fase wordt het OT ingezet?", max_length=20, choices=Fase, blank=True)
    doel = models.CharField("wat is het doel van dit OT?", max_length=200, blank=True)
    ab = person("ambulant begeleider", null=True, blank=True, editable=False)
    ab_reden = models.CharField("waarom zit zij diep in de casus?", max_length=200, blank=True)

    RELATIONS = through("aanmelding", Aanmelding, "overleg")
    POLICY = policy(
        in_dossier("aanmelding_id", "overleg"),
        insert=in_dossier("aanmelding_id", "overleg", write=True),
        update=in_dossier("aanmelding_id", "overleg", write=True),
    )

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        ordering = ["overleg_id", "pk"]  # by the key: who is not invited does not see the OT, and no row joined to it
        constraints = [
            models.UniqueConstraint(
                fields=["overleg", "aanmelding"], condition=~Q(state="vervallen"), name="agendapunt_een_keer",
                violation_error_message="Deze leerling staat al op de agenda.",
            ),
            wall("agendapunt_state", Q(state__in=["gepland", "voorbereid", "besproken", "vervallen"]),
                 "Deze status bestaat niet."),
            wall("agendapunt_fase", Q(state__in=["gepland", "vervallen"]) | filled("fase", "doel"), FASE_EERST),
            wall("agendapunt_ab", Q(ab=None) | filled("doel", "ab_reden"),
                 "Schrijf op waarom de ambulant begeleider diep in de casus zit, en wat het doel is."),
        ]  # fmt: skip
        triggers = [
            met_toestemming("aanmelding"),
            refuse(
                "van_de_school",
                "(SELECT o.school_id FROM cases_overleg o WHERE o.id = NEW.overleg_id) IS DISTINCT FROM"
                " (SELECT a.school_id FROM cases_aanmelding a WHERE a.id = NEW.aanmelding_id)",
                "Deze leerling is van een andere school.",
            ),
            refuse(
                "ab_diep",
                f"NEW.ab_id IS NOT NULL AND {written('ab_id')} AND NOT EXISTS (SELECT FROM cases_traject t WHERE"
                " t.aanmelding_id = NEW.aanmelding_id AND t.uitvoerder_id = NEW.ab_id"
                " AND t.state NOT IN ('afgesloten', 'gestopt'))",
                DIEP,
            ),
        ]

    def __str__(self):
        return f"OT {self.aanmelding}"

    @property
    def dossier_id(self):
        return self.aanmelding_id
