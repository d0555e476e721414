"""The totals of a schooljaar, and what each kring has: what the verdeling is worked out from."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from cases.forms.velden import Bedrag, veld
from schools.models import Verdeling
from schools.models.verdeling import UREN
from schools.verdeling import tekorten

WAAROM = "Schrijf op waarom je de verdeling bijstelt."
GEEN_LEERLINGEN = "Er zijn geen leerlingen om de uren over te verdelen. Vul bij minstens één kring leerlingen in."
GEEN_TEKORT = "Geen enkele kring komt tekort. Dan valt er van de Vlieger niets te verdelen. Vul 0 in."
SOORTEN = {"leerlingen": "Leerlingen op 1 oktober", "rugzakken": "Rugzakken op 1 oktober 2013"}


def name(soort, place):
    """The field of this for a kring or a team: called by its name, never by a number that can be counted up."""
    return f"{soort}-{slugify(place.naam, allow_unicode=True)}"


def op_een_kwartier(uren):
    if uren * 4 % 1:
        raise ValidationError(UREN)


def uren(label, help_text):
    return Bedrag(
        label=label, help_text=help_text, localize=True, decimal_places=2, min_value=0, max_value=100_000,
        validators=[op_een_kwartier], error_messages={"required": UREN},
    )  # fmt: skip


class Aantal(forms.IntegerField):
    """A whole number, in figures."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "et-kort"})

    def clean(self, value):
        try:
            return super().clean(value)
        except ValidationError:
            raise ValidationError(self.error_messages["required"]) from None


class VerdelingForm(forms.Form):
    """Two totals, two numbers for each kring, and the reason when there is one that counts already."""

    use_required_attribute = False
    aed = uren("Uren van de AED, voor alle kringen samen", "Deze uren worden verdeeld naar het aantal leerlingen.")
    vlieger = uren(
        "Uren van SBO de Vlieger, voor alle kringen samen",
        "Deze uren gaan alleen naar kringen met minder rugzakken dan je verwacht bij zoveel leerlingen.",
    )

    def __init__(self, data, kringen, known, bijstelling):
        super().__init__(data, label_suffix="", initial=known)
        self.kringen = kringen
        for kring in kringen:
            for soort, label in SOORTEN.items():
                wrong = f"Vul het aantal {soort} van kring {kring} in met cijfers. Bijvoorbeeld 50."
                self.fields[name(soort, kring)] = Aantal(
                    label=label, min_value=0, max_value=1_000_000, error_messages={"required": wrong}
                )
        if bijstelling:
            self.fields["waarom"] = veld(Verdeling._meta.get_field("waarom"), WAAROM, required=True)

    def clean(self):
        given = super().clean()
        if not self.errors:
            kringen = self.numbers().values()
            if given["aed"] and not any(leerlingen for leerlingen, _ in kringen):
                self.add_error("aed", GEEN_LEERLINGEN)
            elif given["vlieger"] and not any(tekorten(dict(enumerate(kringen))).values()):
                self.add_error("vlieger", GEEN_TEKORT)
        return given

    def numbers(self):
        """{kring: (leerlingen, rugzakken)}"""
        given = self.cleaned_data
        return {kring: tuple(given[name(soort, kring)] for soort in SOORTEN) for kring in self.kringen}

    def per_kring(self):
        """[(kring, its two fields)]"""
        return [(kring, [self[name(soort, kring)] for soort in SOORTEN]) for kring in self.kringen]
