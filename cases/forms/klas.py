"""What the coördinator keeps for Expertise in de klas: the voorwaarden."""

from django import forms

from cases.forms.velden import veld
from cases.models import Voorwaarde


class VoorwaardeForm(forms.Form):
    use_required_attribute = False

    def __init__(self, data=None):
        super().__init__(data, label_suffix="")
        field = veld(Voorwaarde._meta.get_field("tekst"), "Schrijf de voorwaarde op.")
        field.label = "Nieuwe voorwaarde"
        self.fields["tekst"] = field

    def clean_tekst(self):
        return " ".join(self.cleaned_data["tekst"].split())
