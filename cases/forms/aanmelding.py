"""The aanmeldformulier: one page, every field optional while it is a draft."""

from django import forms

from cases.forms.datums import Geboortedatum, RecenteDatum
from cases.forms.mensen import team
from cases.forms.teksten import HINT, SOORT_HINT, WEET_NIET
from cases.forms.velden import lang, veld
from cases.models import Aanmelding, Niveau, Soort, Traject
from cases.velden import COLUMNS, FIELDS, TABLE
from schools.models import Rol, vandaag


class Soorten(forms.RadioSelect):
    """The three kinds, each with its own sentence."""

    def create_option(self, name, value, *args, **kwargs):
        return super().create_option(name, value, *args, **kwargs) | {"hint": SOORT_HINT.get(value, "")}


def places(name, mark):
    """CSS classes of the kinds of aanmelding in which a field has this mark: "leerling-basis leerling-licht"."""
    marks = TABLE[name].split()
    return " ".join(f"{n}-{s}" for (n, s), m in zip(COLUMNS, marks, strict=True) if m in mark)


class Eerder(forms.ModelChoiceField):
    """An earlier traject, by its number and whom it was about."""

    def label_from_instance(self, traject):
        return f"{traject.aanmelding.nummer}, {traject.over}: {traject.doel}"


MORE = {  # what some fields need besides their model field
    "soort": {"widget": Soorten},
    "geboortedatum": {"form_class": Geboortedatum},
    "ouders_akkoord_op": {"form_class": RecenteDatum},
    "aantal_leerlingen": {
        "error_messages": {"invalid": "Vul het aantal leerlingen in met cijfers. Bijvoorbeeld 24."},
        "widget": forms.TextInput(attrs={"inputmode": "numeric", "class": "et-kort"}),
    },
}


class AanmeldForm(forms.ModelForm):
    use_required_attribute = False
    ouders_tekst = "De ouders met gezag weten van deze aanmelding en vinden het goed. Het formulier ligt op school."

    class Meta:
        model = Aanmelding
        fields = FIELDS

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.initial["ouders_akkoord_op"] = self.initial.get("ouders_akkoord_op") or vandaag()
        special = self.special(self.instance, user)
        for name in FIELDS:
            self.fields[name] = special.get(name) or self.plain(name)
            self.fields[name].bij, self.fields[name].nodig = places(name, "Vo"), places(name, "V")
        self.fields["niveau"].bij = self.fields["soort"].bij = ""
        self.fields["soort"].help_text = WEET_NIET
        for name in ("voorkeur_ab", "eerder_traject"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]  # nothing to choose from

    def special(self, a, user):
        """The fields that are more than their model field."""
        earlier = Traject.objects.visible_to(user).filter(aanmelding__school=a.school_id, state="afgesloten")
        return {
            "ouders_akkoord": forms.BooleanField(
                label=self.ouders_tekst, required=False, help_text=HINT["ouders_akkoord"]
            ),
            "groeidocument_url": lang(
                forms.URLField(
                    label="Link naar het Groeidocument", required=False, assume_scheme="https",
                    help_text=HINT["groeidocument_url"],
                    error_messages={"invalid": "Plak de hele link. Die begint met https://."},
                )
            ),
            "voorkeur_ab": self.plain("voorkeur_ab", queryset=team(a, Rol.AB), empty_label=None),
            "eerder_traject": self.plain(
                "eerder_traject", form_class=Eerder, queryset=earlier.select_related("aanmelding"), empty_label=None
            ),
        }  # fmt: skip

    def plain(self, name, **more):
        more = MORE.get(name, {}) | more
        if "queryset" in more:
            more["widget"] = forms.RadioSelect
        return veld(Aanmelding._meta.get_field(name), "", required=False, **more)

    def validate_constraints(self):
        """A draft is never refused; the rules are asked when it is sent."""

    def clean(self):
        given = super().clean()
        if given.get("niveau") == Niveau.SCHOOL and not given.get("soort"):
            given["soort"] = Soort.BASIS  # preset; who chose another is told that it does not go together
        return given
