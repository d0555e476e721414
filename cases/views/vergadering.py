"""What stands on the agenda of an OT, for who looks: by need, with what is known and what was agreed (B-9)."""

from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce, TruncDate

from cases.forms.stap import StepForm
from cases.models import Afspraak, Agendapunt, Contactmoment, Traject
from cases.models.keuzes import Werk
from cases.views.onderdelen import onderdeel, seen
from cases.workflow import AFSPRAAK, AGENDAPUNT


@dataclass
class Zaak:
    """One leerling in the meeting."""

    punt: Agendapunt
    traject: Traject | None
    afspraken: list  # [(afspraak, the step that says it is done)]
    form: StepForm | None


def agenda(user, overleg):
    """The leerlingen that this person sees, by need: who was seen longest ago, or waits longest, comes first."""
    contacten = Contactmoment.objects.filter(traject__aanmelding=OuterRef("aanmelding"), state="geboekt")
    laatst = contacten.exclude(soort=Werk.NIET_DOOR).order_by("-datum").values("datum")[:1]
    punten = Agendapunt.objects.visible_to(user).filter(overleg=overleg).exclude(state="vervallen")
    need = Coalesce("laatst", TruncDate("aanmelding__ingediend_op"))
    punten = punten.select_related("ab", "aanmelding__school").annotate(laatst=Subquery(laatst))
    return punten.order_by(need, "aanmelding__nummer")


def overzicht(user, overleg):
    """The page of one OT: each leerling with her steps, what must be prepared still, what was agreed."""
    punten = [onderdeel(punt) for punt in agenda(user, overleg)]
    open_ = [o for o in punten if o.obj.state == Agendapunt.State.GEPLAND]
    return {
        "agenda": punten, "open": open_, "klaar": len(punten) - len(open_),
        "genodigd": list(dict.fromkeys(o.obj.ab for o in punten if o.obj.ab)),
        "afspraken": seen(user, Afspraak, "agendapunt__overleg", overleg.pk),
    }  # fmt: skip


def zaken(user, overleg):
    """The meeting itself: of each leerling the facts, the open afspraken, and a form for a new one."""
    contacten = Contactmoment.objects.visible_to(user).filter(state="geboekt").select_related("door")
    contacten = Prefetch("contacten", contacten.order_by("-datum", "-vastgelegd_op"), to_attr="laatste")
    trajecten = Traject.objects.visible_to(user).exclude(state="gestopt").order_by("-gemaakt_op")
    trajecten = trajecten.select_related("uitvoerder").prefetch_related(contacten)
    afspraken = Afspraak.objects.visible_to(user).filter(state="open").select_related("wie")
    punten = agenda(user, overleg).prefetch_related(
        Prefetch("aanmelding__trajecten", trajecten, to_attr="zichtbaar"),
        Prefetch("aanmelding__afspraken", afspraken, to_attr="open"),
    )
    return [zaak(user, punt) for punt in punten]


def zaak(user, punt):
    """One leerling, as `zaken` fetched her."""
    a, step = punt.aanmelding, AGENDAPUNT.steps["afspreken"]
    form = None
    if not step.refusal(punt):
        form = StepForm(step, punt, step.on(punt, user))
        form.auto_id = f"id_{a.nummer}_%s"  # the same questions stand on the page for every leerling
    return Zaak(punt, next(iter(a.zichtbaar), None), [(afspraak, gedaan(afspraak)) for afspraak in a.open], form)


def gedaan(afspraak):
    """The step with which this person says that it is done, or None."""
    return next((s for s, _ in AFSPRAAK.offered(afspraak) if s.name in {"gedaan", "is_gedaan"}), None)
