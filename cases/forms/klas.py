"""What the coördinator keeps for Expertise in de klas: the voorwaarden, and the hours of each kring."""

from django import forms
from django.utils.text import slugify

from cases.forms.velden import Bedrag, veld
from cases.models import Voorwaarde

GETAL = "Vul het aantal uren in met cijfers. Bijvoorbeeld 1380."


class VoorwaardeForm(forms.Form):
    use_required_attribute = False

    def __init__(self, data=None):
        super().__init__(data, label_suffix="")
        field = veld(Voorwaarde._meta.get_field("tekst"), "Schrijf de voorwaarde op.")
        field.label = "Nieuwe voorwaarde"
        self.fields["tekst"] = field

    def clean_tekst(self):
        return " ".join(self.cleaned_data["tekst"].split())


class PotForm(forms.Form):
    """One figure for each kring; left empty it has none yet."""

    use_required_attribute = False

    def __init__(self, data, kringen, now):
        super().__init__(data, label_suffix="")
        self.names = {f"uren-{slugify(kring.naam, allow_unicode=True)}": kring for kring in kringen}
        for name, kring in self.names.items():
            self.fields[name] = Bedrag(
                label=kring.naam, required=False, initial=now.get(kring.pk), localize=True, decimal_places=2,
                min_value=0, max_value=100_000, error_messages={"required": GETAL},
            )  # fmt: skip
            self.fields[name].nodig = ""

    def given(self):
        """[(kring, hours)] of what was filled in."""
        return [
            (kring, self.cleaned_data[name])
            for name, kring in self.names.items()
            if self.cleaned_data[name] is not None
        ]
