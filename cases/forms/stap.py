"""The form of one step: the fields its row asks for."""

import datetime

from django import forms
from django.conf import settings
from django.db.models import Q

from cases.forms.teksten import KEUZE_WEG, LEEG
from cases.forms.velden import Duur, RecenteDatum, ToekomstigeDatum, veld
from cases.models import Niveau, Soort
from cases.roles import holders
from schools.models import Rol, User, vandaag

AFSCHRIFT = "Leg vast wanneer de ouders een afschrift van het advies kregen."
LANG_BEZOEK = 8 * 60  # minutes: possible, but odd


def team(obj, *rollen):
    """The people of the expertteam that one may choose, in alphabetical order."""
    ids = Q()
    for rol in rollen:
        ids |= Q(pk__in=holders(rol, team=obj.school.team_id).values("pk"))
    return User.objects.filter(ids).order_by("achternaam", "voornaam")


def opvolgers(t):
    """Who may take a traject over: of the team, and for basis and licht the one of the OS-AB gesprek (B-23)."""
    found = team(t.aanmelding, Rol.AB).exclude(pk=t.uitvoerder_id)
    return found if t.soort == Soort.COMPLEX else found.filter(pk=t.aanmelding.ab_id)


PEOPLE = {"ab": (Rol.AB,), "uitvoerder": (Rol.OS, Rol.AB), "kort_overleg_met": (Rol.OS,)}
TODAY = {"eerste_contact_op", "gesprek_op", "kort_overleg_op", "overdracht_op", "datum"}


class StepForm(forms.Form):
    """Derived from a row of the table; every field it asks is required, what it may ask is not."""

    use_required_attribute = False

    def __init__(self, step, obj, part, data=None, alone=False):
        self.step, self.obj, self.part = step, obj, part
        super().__init__(data, label_suffix="", initial=self.first_values(step, obj, part))
        for name in [*step.asks, *step.may]:
            self.fields[name] = self.field(part._meta.get_field(name), required=name in step.asks)
        if step.reason:
            label = "Waarom?"
            self.fields["note"] = forms.CharField(label=label, error_messages={"required": LEEG["note"]})
        if "eerste_contact_met" in self.fields:
            self.fields["eerste_contact_met"].help_text = " · ".join(filter(None, [obj.door.telefoon, obj.door.email]))
        for name in {"afschrift_ouders_op", "afschrift_reden"} & set(self.fields):
            self.fields[name].nodig = ""  # one of the two is
        if "minuten" in self.fields:
            self.fields["minuten"].required = False  # a visit that did not take place has no length
            self.fields["minuten"].nodig = ""  # but it is not "niet verplicht" either
            self.fields["notitie"].label = "Notitie, of waarom het niet doorging"
        if alone and not data and len(self.fields) == 1:  # the one question of a page: begin to type at once
            next(iter(self.fields.values())).widget.attrs["autofocus"] = True

    def first_values(self, step, obj, part):
        values = {name: getattr(part, name) for name in (*step.asks, *step.may)}
        values |= {name: vandaag() for name in TODAY & set(step.asks) if not values[name]}
        if "eerste_contact_met" in values:
            values["eerste_contact_met"] = values["eerste_contact_met"] or str(obj.door)
        if "verwachte_einddatum" in values and not values["verwachte_einddatum"]:
            values["verwachte_einddatum"] = vandaag() + datetime.timedelta(weeks=settings.KORTDUREND_WEKEN)
        if step.name == "soort_wijzigen":
            values.pop("soort")
        return values

    def field(self, model_field, required):
        name = model_field.name
        more = {"required": required}
        empty = LEEG[name] if required else ""
        if name in PEOPLE:
            whole = self.obj if hasattr(self.obj, "school_id") else self.obj.aanmelding
            more |= {"queryset": team(whole, *PEOPLE[name]), "widget": forms.RadioSelect, "empty_label": None}
            if self.step.name == "overnemen":
                more["queryset"] = opvolgers(self.obj)
        elif name == "minuten":
            return Duur(label="Hoe lang?", required=required, error_messages={"required": empty})
        elif name == "verwachte_einddatum":
            more["form_class"] = ToekomstigeDatum
        elif model_field.get_internal_type() == "DateField":
            more["form_class"] = RecenteDatum
        elif name == "voortraject":
            choices = [("True", "Ja"), ("False", "Nee")]
            return forms.TypedChoiceField(
                label="Is er een voortraject?", choices=choices, coerce=lambda v: v == "True", widget=forms.RadioSelect,
                error_messages={"required": empty, "invalid_choice": KEUZE_WEG},
            )  # fmt: skip
        field = veld(model_field, empty, **more)
        if self.step.name == "soort_wijzigen":
            fits = {Niveau.SCHOOL: {Soort.BASIS}, Niveau.GROEP: {Soort.BASIS, Soort.LICHT}}.get(
                self.obj.niveau, set(Soort)
            )
            field.choices = [(v, text) for v, text in field.choices if v in fits - {self.obj.soort}]
            field.error_messages["required"] = "Kies welke ondersteuning het wordt."
        return field

    def clean(self):
        given = self.cleaned_data
        afschrift = [given.get(name) for name in ("afschrift_ouders_op", "afschrift_reden") if name in self.fields]
        if afschrift and not any(afschrift) and "afschrift_ouders_op" not in self.errors:
            self.add_error("afschrift_ouders_op", AFSCHRIFT)
        if "minuten" in self.fields and "minuten" not in self.errors:
            if given.get("soort") == "niet_door":
                given["minuten"] = 0
                if not given.get("notitie"):
                    self.add_error("notitie", "Schrijf op waarom het niet doorging.")
            elif not given.get("minuten"):
                self.add_error("minuten", LEEG["minuten"])
            elif given["minuten"] > LANG_BEZOEK and "zeker" not in self.data:
                hours = f"{given['minuten'] / 60:g}".replace(".", ",")
                self.fields["zeker"] = forms.BooleanField(label="Ja, dit klopt", required=False)
                self.add_error("zeker", f"Je vult {hours} uur in op één dag. Klopt dat?")
        return given
