"""Sharing what a traject brought: the text, and what looks like a name and is none."""

from django import forms

from cases.forms.namen import GeenNamen, nog_namen
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
            self.fields["geen_namen"] = GeenNamen(self.namen)

    def clean(self):
        given = super().clean()
        if asked := nog_namen(self, self.namen):
            self.add_error("tekst", asked)
        return given
