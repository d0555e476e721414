"""What was agreed, mostly in an OT: it waits on the list of who does it."""

from django.db import models
from django.db.models import Q

from cases.models.aanmelding import Aanmelding, person
from cases.models.base import Scoped, filled, wall
from cases.models.overleg import Agendapunt
from cases.models.toestemming import met_toestemming
from cases.models.zicht import in_dossier, policy
from cases.roles import Relation, Role, along, both, through


class Afspraak(Scoped):
    """Who does what by when. It waits on the list of who does it."""

    class State(models.TextChoices):
        OPEN = "open", "Te doen"
        GEDAAN = "gedaan", "Gedaan"
        VERVALLEN = "vervallen", "Vervallen"

    aanmelding = models.ForeignKey(Aanmelding, models.PROTECT, related_name="afspraken", editable=False)
    agendapunt = models.ForeignKey(Agendapunt, models.PROTECT, null=True, related_name="afspraken", editable=False)
    door = person("door", editable=False)
    state = models.CharField("status", max_length=20, choices=State, default=State.OPEN, editable=False)
    wat = models.CharField("wat spreken jullie af?", max_length=300)
    wie = person("wie doet het?")
    wanneer = models.DateField("wanneer is het klaar?")
    op = models.DateTimeField(auto_now_add=True)

    RELATIONS = through("aanmelding", Aanmelding, "overleg") | {
        Role.EIGENAAR: Relation(
            lambda u: both(Q(wie=u), along("aanmelding", Aanmelding.objects.seen_by(u))),
            lambda a: a.eigenaar,
        )
    }
    POLICY = policy(
        f"{in_dossier('aanmelding_id', 'overleg')} OR wie_id = actor() AND {in_dossier('aanmelding_id', 'aanmelding')}",
        insert=f"door_id = actor() AND {in_dossier('aanmelding_id', 'overleg', write=True)}",
        update=f"{in_dossier('aanmelding_id', 'overleg', write=True)}"
        f" OR wie_id = actor() AND {in_dossier('aanmelding_id', 'aanmelding', write=True)}",
    )

    class Meta:
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        ordering = ["wanneer", "op"]
        indexes = [models.Index(fields=["wie", "state", "wanneer"])]
        constraints = [
            wall("afspraak_state", Q(state__in=["open", "gedaan", "vervallen"]), "Deze status bestaat niet."),
            wall("afspraak_wat", filled("wat"), "Schrijf op wat jullie afspreken."),
        ]
        triggers = [met_toestemming("aanmelding")]

    def __str__(self):
        return f"Afspraak {self.aanmelding.nummer}"

    @property
    def dossier_id(self):
        return self.aanmelding_id

    @property
    def eigenaar(self):
        """Who does it, for as long as he may see the dossier."""
        sees = [relation.people(self.aanmelding) for relation in Aanmelding.RELATIONS.values()]
        ids = {user.pk for people in sees for user in people}
        return type(self.wie).objects.filter(pk=self.wie_id, pk__in=ids)
