"""How the walls of a story are run into."""

from django.utils import timezone

from cases.models import Verhaal
from cases.models.verhaal import EEN_NAAM, NOG_NIET
from cases.roles import Role


def tell(state="afgesloten", **fields):
    def breach(make, people):
        t = make["traject"](state)
        return lambda: Verhaal.objects.create(**{"traject": t, "door": people[Role.AB], "tekst": "Rust."} | fields)

    return breach


def again(make, people):
    t = tell()(make, people)().traject
    return lambda: Verhaal.objects.create(traject=t, door=people[Role.AB], tekst="Nog meer rust.")


def rewritten(make, people):
    v = tell()(make, people)()
    return lambda: Verhaal.objects.filter(pk=v.pk).update(tekst="Anders.", ingetrokken_op=timezone.now())


CONSTRAINTS = {
    "verhaal_een_gedeeld": ("Dit verhaal is al gedeeld. Trek het eerst in.", again),
    "verhaal_tekst": ("Schrijf op wat het opleverde.", tell(tekst="")),
}
TRIGGERS = {
    "Verhaal:na_afloop": (NOG_NIET, tell("evaluatie")),
    "Verhaal:zonder_naam": (EEN_NAAM, tell(tekst="Nu durft YARA meer.")),
    "Verhaal:gedeeld_is_gedeeld": (
        "Een gedeeld verhaal verandert niet. Trek het in en deel een nieuw verhaal.", rewritten,
    ),
}  # fmt: skip
