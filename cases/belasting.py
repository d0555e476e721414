"""How much work each expert has in a team: afgesproken, geboekt, gepland, and open trajecten (A-27, A-28)."""

from dataclasses import dataclass

from django.db.models import Q

from cases.models import TelInzet
from cases.tempo import uren
from schools.models import Aanstelling, Expertteam, Inzetafspraak, Rol, Schooljaar, User, vandaag


def afgesproken(teams, jaar):
    """{(key of an expert, of a team): minutes agreed for a schooljaar} in the dienstverleningsovereenkomst."""
    agreed = Inzetafspraak.objects.filter(team__in=teams, schooljaar__begin=jaar.begin)
    return {(expert, team): int(uren * 60) for expert, team, uren in agreed.values_list("expert", "team", "uren")}


@dataclass
class Werk:
    """One expert in one team; who has no aanstelling there any more, may still have work there."""

    expert: User
    team: Expertteam
    clusters: str = ""
    expertise: str = ""
    afgesproken: int | None = None
    geboekt: int = 0
    gepland: int = 0
    open: int = 0

    @property
    def in_woorden(self):
        """Beside the name, where somebody is chosen."""
        agreed = "" if self.afgesproken is None else f" van de {uren(self.afgesproken)}"
        trajecten = "1 open traject" if self.open == 1 else f"{self.open} open trajecten"
        parts = [f"cluster {self.clusters}" if self.clusters else "", f"{uren(self.geboekt)}{agreed} uur geboekt"]
        return " · ".join([*filter(None, parts), trajecten])


def per_expert(teams, jaar):
    """[Werk of each ambulant begeleider and expert of these teams], by team and name: two statements."""
    posts = Aanstelling.objects.nu().filter(rol__in=[Rol.AB, Rol.SBO], team__in=teams).select_related("user", "team")
    found = {(a.user_id, a.team_id): Werk(a.user, a.team, a.clusters, a.expertise) for a in posts.order_by("pk")}
    counted = TelInzet.objects.filter(Q(begin=jaar.begin) | Q(wat="open"), team__in=teams)
    for row in counted.select_related("expert", "team").order_by("wat"):  # open last
        key = row.expert_id, row.team_id
        if key in found or row.wat != "open":
            werk = found.setdefault(key, Werk(row.expert, row.team))
            setattr(werk, row.wat, getattr(werk, row.wat) + row.aantal)
    for key, minuten in afgesproken(teams, jaar).items():
        if key in found:
            found[key].afgesproken = minuten
    return sorted(found.values(), key=lambda w: (w.team.naam, w.expert.achternaam, w.expert.voornaam))


def van_team(team):
    """{key of an expert: Werk in this schooljaar} of one team."""
    return {w.expert.pk: w for w in per_expert([team], Schooljaar.of(vandaag()))} if team else {}
