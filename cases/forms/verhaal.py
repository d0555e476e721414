"""Sharing what a traject brought: the text, and what looks like a name and is none."""

from django import forms

from cases.forms.velden import veld
from cases.models import Verhaal
from cases.namen import mogelijke_namen


class VerhaalForm(forms.Form):
    """Words that may be a name are changed, or somebody says of each that it is not a name."""

    use_required_attribute = False

    def __init__(self, bekend, initial, data=None):
        super().__init__(data, label_suffix="", initial={"tekst": initial})
        self.fields["tekst"] = veld(Verhaal._meta.get_field("tekst"), "Schrijf op wat het opleverde.")
        self.namen = mogelijke_namen(str(self["tekst"].value() or ""), bekend) if data is not None else []
        if self.namen:
            self.fields["geen_namen"] = forms.MultipleChoiceField(
                label="Welke woorden zijn geen naam?", choices=[(n, n) for n in self.namen], required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Kies uit de woorden die hier staan."},
            )  # fmt: skip
            self.fields["geen_namen"].nodig = ""

    def clean(self):
        given = super().clean()
        left = [naam for naam in self.namen if naam not in given.get("geen_namen", [])]
        if left and not self.has_error("geen_namen"):
            self.add_error("tekst", f"Is dit een naam? Haal het weg, of zeg dat het geen naam is: {', '.join(left)}.")
        return given
