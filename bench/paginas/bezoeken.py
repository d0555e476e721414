"""Who visits what: one dossier, kring and person of each role of a database, and work for the forms."""

import datetime

from django.apps import apps
from django.urls import reverse

from bench.paginas.wereld import CSRF, log_in

PUPIL = {
    "niveau": "leerling", "soort": "licht", "hulpvraag": "Hoe helpen we deze leerling om hulp te vragen?",
    "al_gedaan": "Een weektaak en een vaste plek.", "voornaam": "Zeno", "achternaam": "Meting", "groep": "5",
    "geboortedatum": "27-03-2017", "leerkracht": "Juf Els", "ouders_akkoord": "on",
}  # fmt: skip


class Wie:
    """People of different teams, so that what one writes does not lengthen what another reads."""

    def __init__(self):
        self.User, self.School = (apps.get_model("schools", name) for name in ("User", "School"))
        self.cookies = {}
        get = self.User.objects.get
        self.os, self.other_os = get(email="os1@maat.example"), get(email="os2@maat.example")
        self.verband = get(email="verband@maat.example")
        self.alle, self.coordinator = get(email="alle@maat.example"), get(email="coordinator1@maat.example")
        self.ib = self.at("ib", school__team__aanstellingen__user=self.os)
        self.ib2 = self.at("ib", school__team__aanstellingen__user=self.other_os)
        self.ab, self.ab3 = self.at("ab", team__aanstellingen__user=self.os), get(email="ab3@maat.example")

    def at(self, rol, **place):
        return self.User.objects.filter(
            pk__in=apps.get_model("schools", "Aanstelling").objects.filter(rol=rol, **place).values("user")
        ).order_by("email")[0]

    def cookie(self, user):
        if user.pk not in self.cookies:
            self.cookies[user.pk] = log_in(user)
        return self.cookies[user.pk]


def file(ib, school):
    """An aanmelding that was sent, through the werkwijze itself: its key."""
    from cases.models import Aanmelding  # noqa: PLC0415
    from cases.workflow import AANMELDING  # noqa: PLC0415
    from expertteam.actor import acting_as  # noqa: PLC0415

    today = datetime.date.today()
    answers = PUPIL | {"groep": 5, "geboortedatum": datetime.date(2017, 3, 27), "ouders_akkoord": True,
                       "ouders_akkoord_op": today}  # fmt: skip
    with acting_as(ib):
        a = Aanmelding.objects.create(school=school, door=ib)
        AANMELDING.take("beschrijven", a.pk, ib, **answers)
        AANMELDING.take("indienen", a.pk, ib)
    return a.pk


def visits(rounds):
    """{page: {cookie, paths or one path, bodies of posts}}: as many different posts as there are rounds."""
    from expertteam import sleutel  # noqa: PLC0415

    w = Wie()
    Traject, Overleg, Afstemming = (
        apps.get_model("cases", name).objects.using("owner") for name in ("Traject", "Overleg", "Afstemming")
    )
    today = datetime.date.today().isoformat()
    mine = Traject.filter(aanmelding__school__team__aanstellingen__user=w.os)
    t = mine.filter(soort="complex", state="uitvoeren").order_by("gemaakt_op", "pk")[0]
    t3 = Traject.filter(uitvoerder=w.ab3, state="uitvoeren").order_by("pk")[0]
    ot = Overleg.filter(school__team__aanstellingen__user=w.os, state="gepland").order_by("pk")[0]
    meeting = Afstemming.filter(kring__teams__aanstellingen__user=w.os).order_by("-datum")[0]
    school2 = w.School.objects.get(aanstellingen__user=w.ib2)
    bezoek = reverse("step", args=["traject", t3.pk, "bezoek"])
    found = {
        "Werklijst (OS)": (w.os, reverse("werklijst")),
        "Dossier (OS)": (w.os, reverse("detail", args=["traject", t.pk])),
        "Kringoverzicht (OS)": (w.os, reverse("kringen")),
        "Mijn aanmeldingen (IB-er)": (w.ib, reverse("mijn_aanmeldingen")),
        "Vandaag (AB)": (w.ab, reverse("vandaag")),
        "OT (OS)": (w.os, reverse("vergaderen", args=[ot.pk])),
        "Afstemming (OS)": (w.os, reverse("afstemming", args=[meeting.pk])),
        "Belasting (OS)": (w.os, reverse("belasting")),
        "Tellen en vertellen (coördinator)": (w.coordinator, reverse("tellen")),
        "Aanmelden, formulier (IB-er)": (w.ib2, reverse("nieuw")),
        "Bezoek, formulier (AB)": (w.ab3, bezoek),
        "Kringoverzicht van negen kringen (coördinator)": (w.verband, reverse("kringen")),
        "Kringoverzicht, alle kringen": (w.alle, reverse("kringen")),
        "Tellen en vertellen, alle kringen": (w.alle, reverse("tellen")),
    }
    pages = {name: {"cookie": w.cookie(user), "paths": [path]} for name, (user, path) in found.items()}
    posts = {
        "Aanmelden, versturen naar concept (IB-er)": (w.ib2, [reverse("nieuw")], PUPIL | {"bewaar": "1",
            "ouders_akkoord_op": today}),
        "Bezoek vastleggen (AB)": (w.ab3, [bezoek], {"soort": "bezoek", "minuten_0": "60", "datum": today}),
        "Oppakken (OS)": (w.other_os, [reverse("step", args=["aanmelding", file(w.ib2, school2), "oppakken"])
            for _ in range(rounds)], {"eerste_contact_op": today, "eerste_contact_met": "de IB-er"}),
    }  # fmt: skip
    for name, (user, paths, body) in posts.items():
        keys = [body | {"sleutel": sleutel.make(user), "csrfmiddlewaretoken": CSRF} for _ in range(rounds)]
        pages[name] = {"cookie": w.cookie(user), "paths": paths, "bodies": keys}
    brin6 = w.School.objects.order_by("pk")[0].brin6
    return pages | {"kaal": {"cookie": "", "paths": [f"/kaal/{brin6}/"]}}
