"""The form of one step: the fields its row asks for."""

from functools import partial

from django import forms
from django.conf import settings

from cases.belasting import van_team
from cases.forms.datums import GeplandeDatum, RecenteDatum, Tijd, ToekomstigeDatum
from cases.forms.mensen import mensen, te_bespreken
from cases.forms.teksten import KEUZE_WEG, LEEG, van
from cases.forms.velden import Bedrag, Duur, veld
from cases.models import Contactmoment, Niveau, Overleg, Soort, Voorwaarde, Werk
from cases.models.keuzes import EIGEN_STAP
from cases.models.overleg import bezet
from cases.roles import Role
from schools.models import vandaag
from schools.schooldagen import schooldagen

AFSCHRIFT = "Leg vast wanneer de ouders een afschrift van het advies kregen."
LANG_BEZOEK = 8 * 60  # minutes: possible, but odd
TODAY = {"eerste_contact_op", "gesprek_op", "kort_overleg_op", "overdracht_op", "datum", "op"}
LATER = {"verwachte_einddatum", "wanneer", "geldig_tot", "opp_evaluatie_op"}
PLANNED = {"overleg", "dagdeel"}  # their date is still to come


def in_het_kort(a):
    """A dossier, by its number and whom it is about."""
    return f"{a.nummer} · {a.over}{f', groep {a.groep}' if a.niveau == Niveau.LEERLING and a.groep else ''}"


class Dossier(forms.ModelChoiceField):
    def label_from_instance(self, a):
        return in_het_kort(a)


class Expert(forms.ModelChoiceField):
    """Somebody to give work to, with the work there is already."""

    def __init__(self, *args, werk, **kwargs):
        self.werk = werk
        super().__init__(*args, **kwargs)

    def label_from_instance(self, user):
        return f"{user} · {self.werk[user.pk].in_woorden}" if user.pk in self.werk else str(user)


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
        for name in {"afschrift_ouders_op", "afschrift_reden"} & set(step.may):
            self.fields[name].nodig = ""  # one of the two is
        if "notitie" in self.fields and "soort" in self.fields:
            self.fields["minuten"].required = False  # a visit that did not take place has no length
            self.fields["minuten"].nodig = ""  # but it is not "niet verplicht" either
            self.fields["notitie"].label = "Notitie, of waarom het niet doorging"
        if step.name in {"akkoord_os", "akkoord_ab"}:
            for n, voorwaarde in enumerate(Voorwaarde.objects.filter(tot=None)):
                self.fields[f"voorwaarde_{n}"] = forms.BooleanField(
                    label=voorwaarde.tekst, error_messages={"required": "Nog niet aan alle voorwaarden voldaan."}
                )
        if alone and not data and len(self.fields) == 1:  # the one question of a page: begin to type at once
            next(iter(self.fields.values())).widget.attrs["autofocus"] = True

    def first_values(self, step, obj, part):
        values = {name: getattr(part, part._meta.get_field(name).attname) for name in (*step.asks, *step.may)}
        if part._meta.model_name not in PLANNED:
            values |= {name: vandaag() for name in TODAY & set(step.asks) if not values[name]}
        if "eerste_contact_met" in values:
            values["eerste_contact_met"] = values["eerste_contact_met"] or str(obj.door)
        if "verwachte_einddatum" in values and not values["verwachte_einddatum"]:
            dagen = schooldagen()[obj.aanmelding.school.regio]
            values["verwachte_einddatum"] = dagen.na(vandaag(), settings.KORTDUREND_WEKEN * 5)
        if step.name == "soort_wijzigen":
            values.pop("soort")
        return values

    def field(self, model_field, required):
        name = model_field.name
        more = {"required": required}
        empty = van(LEEG, model_field) if required else ""
        if people := mensen(name, self.obj, step=self.step):
            more |= {"queryset": people(), "widget": forms.RadioSelect, "empty_label": None}
            if name in {"ab", "uitvoerder"} and Role.OS in self.obj.roles:
                more["form_class"] = partial(Expert, werk=van_team(self.obj.aanmelding.school.team_id))
        elif name == "aanmelding":
            more |= {"queryset": te_bespreken(self.obj.school_id), "form_class": Dossier}
            more |= {"widget": forms.RadioSelect, "empty_label": None}
        elif name == "minuten":
            return Duur(label="Hoe lang?", required=required, error_messages={"required": empty})
        elif name == "datum" and self.part._meta.model_name in PLANNED:
            more["form_class"] = GeplandeDatum
        elif name in LATER:
            more["form_class"] = ToekomstigeDatum
        elif model_field.get_internal_type() == "DateField":
            more["form_class"] = RecenteDatum
        elif model_field.get_internal_type() == "TimeField":
            more["form_class"] = Tijd
        elif model_field.get_internal_type() == "DecimalField":
            more["form_class"] = Bedrag
        elif name == "voortraject":
            choices = [("True", "Ja"), ("False", "Nee")]
            return forms.TypedChoiceField(
                label="Is er een voortraject?", choices=choices, coerce=lambda v: v == "True", widget=forms.RadioSelect,
                error_messages={"required": empty, "invalid_choice": KEUZE_WEG},
            )  # fmt: skip
        field = veld(model_field, empty, **more)
        if name == "datum" and self.part._meta.model_name in PLANNED:
            field.help_text = ""  # here today is not filled in already
        if isinstance(self.part, Contactmoment) and name == "soort":
            field.choices = [(v, text) for v, text in field.choices if Werk(v) not in EIGEN_STAP]
        if self.step.name == "soort_wijzigen":
            fits = {Niveau.SCHOOL: {Soort.BASIS}, Niveau.GROEP: {Soort.BASIS, Soort.LICHT}}.get(
                self.obj.niveau, set(Soort)
            )
            field.choices = [(v, text) for v, text in field.choices if v in fits - {self.obj.soort}]
            field.error_messages["required"] = "Kies welke ondersteuning het wordt."
        return field

    def clean(self):
        given = self.cleaned_data
        afschrift = [given.get(name) for name in ("afschrift_ouders_op", "afschrift_reden") if name in self.step.may]
        if afschrift and not any(afschrift) and "afschrift_ouders_op" not in self.errors:
            self.add_error("afschrift_ouders_op", AFSCHRIFT)
        if "notitie" in self.fields and "minuten" not in self.errors:
            if given.get("soort") == "niet_door":
                given["minuten"] = 0
                if not given.get("notitie"):
                    self.add_error("notitie", "Schrijf op waarom het niet doorging.")
            elif not given.get("minuten"):
                self.add_error("minuten", LEEG["minuten"])
            elif given["minuten"] > LANG_BEZOEK:
                hours = f"{given['minuten'] / 60:g}".replace(".", ",")
                self.sure(f"Je vult {hours} uur in op één dag. Klopt dat?")
        if isinstance(self.part, Overleg) and not self.errors and "tijd" in given and bezet(self.part, given):
            self.sure("De onderwijsspecialist heeft op dat moment al een ander OT. Toch plannen?")
        return given

    def sure(self, question):
        """Asks once more about what is possible, but odd."""
        if "zeker" not in self.data:
            self.fields["zeker"] = forms.BooleanField(label="Ja, dit klopt", required=False)
            self.add_error("zeker", question)
