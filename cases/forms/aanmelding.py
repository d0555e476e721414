"""The aanmeldformulier: one page, every field optional while it is a draft."""

from django import forms

from cases.forms.stap import team
from cases.forms.teksten import HINT, SOORT_HINT
from cases.forms.velden import Geboortedatum, RecenteDatum, lang, veld
from cases.models import Aanmelding, Niveau, Soort, Traject
from cases.velden import COLUMNS, FIELDS, TABLE
from schools.models import Rol, vandaag


class Soorten(forms.RadioSelect):
    """The three kinds, each with its own sentence."""

    option_template_name = "components/soort_optie.html"

    def create_option(self, name, value, *args, **kwargs):
        return super().create_option(name, value, *args, **kwargs) | {"hint": SOORT_HINT.get(value, "")}


def places(name, mark):
    """CSS classes of the kinds of aanmelding in which a field has this mark: "leerling-basis leerling-licht"."""
    marks = TABLE[name].split()
    return " ".join(f"{n}-{s}" for (n, s), m in zip(COLUMNS, marks, strict=True) if m in mark)


class AanmeldForm(forms.ModelForm):
    use_required_attribute = False
    ouders_tekst = "De ouders met gezag weten van deze aanmelding en vinden het goed. Het formulier ligt op school."

    class Meta:
        model = Aanmelding
        fields = FIELDS

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for name in FIELDS:
            self.fields[name] = self.field(name, user)
            self.fields[name].bij, self.fields[name].nodig = places(name, "Vo"), places(name, "V")
        self.fields["niveau"].bij = self.fields["soort"].bij = ""

    def field(self, name, user):
        model_field, a = Aanmelding._meta.get_field(name), self.instance
        more = {"required": False}
        if name == "geboortedatum":
            more["form_class"] = Geboortedatum
        elif name == "ouders_akkoord_op":
            more["form_class"] = RecenteDatum
            self.initial[name] = self.initial.get(name) or vandaag()
        elif name == "soort":
            more["widget"] = Soorten
        elif name == "ouders_akkoord":
            field = forms.BooleanField(label=self.ouders_tekst, required=False, help_text=HINT[name])
            return field
        elif name == "voorkeur_ab":
            more |= {"queryset": team(a, Rol.AB), "widget": forms.RadioSelect, "empty_label": None}
        elif name == "eerder_traject":
            earlier = Traject.objects.visible_to(user).filter(aanmelding__school=a.school_id, state="afgesloten")
            more |= {"queryset": earlier.select_related("aanmelding"), "widget": forms.RadioSelect, "empty_label": None}
        elif name == "groeidocument_url":
            return lang(
                forms.URLField(
                    label="Link naar het Groeidocument", required=False, assume_scheme="https", help_text=HINT[name],
                    error_messages={"invalid": "Plak de hele link. Die begint met https://."},
                )
            )  # fmt: skip
        elif name == "aantal_leerlingen":
            more["error_messages"] = {"invalid": "Vul het aantal leerlingen in met cijfers. Bijvoorbeeld 24."}
            more["widget"] = forms.TextInput(attrs={"inputmode": "numeric", "class": "et-kort"})
        return veld(model_field, "", **more)

    def validate_constraints(self):
        """A draft is never refused; the rules are asked when it is sent."""

    def clean(self):
        given = super().clean()
        if given.get("niveau") == Niveau.SCHOOL and not given.get("soort"):
            given["soort"] = Soort.BASIS  # preset; who chose another is told that it does not go together
        return given
