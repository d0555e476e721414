"""The form with which a school or an expert offers something to the kring."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.models import model_to_dict

from cases.forms.velden import veld
from cases.models import Aanbod
from cases.models.aanbod import MEEST

LEEG = {
    "soort": "Kies wat voor aanbod het is.",
    "titel": "Schrijf op hoe het heet.",
    "omschrijving": "Schrijf op wat het inhoudt.",
    "wanneer": "Schrijf op wanneer en waar het is.",
    "plekken": f"Vul een aantal in van 1 tot {MEEST}.",
}


NAMENS = "Kies namens wie."


class AanbodForm(forms.Form):
    """Of whom it is, is asked only of who may offer for more than one; of what is there already it does not change."""

    use_required_attribute = False

    def __init__(self, namens, data=None, aanbod=None):
        super().__init__(data, label_suffix="", initial=aanbod and model_to_dict(aanbod, LEEG))
        for name, empty in LEEG.items():
            self.fields[name] = veld(Aanbod._meta.get_field(name), empty)
        plekken = self.fields["plekken"]
        plekken.widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "et-kort"})
        plekken.error_messages["invalid"] = LEEG["plekken"]
        plekken.validators = [MinValueValidator(1, LEEG["plekken"]), MaxValueValidator(MEEST, LEEG["plekken"])]
        if len(namens) > 1 and not aanbod:
            self.fields["namens"] = forms.ChoiceField(
                label="Namens wie?", choices=[(key, name) for key, (name, _) in namens.items()],
                widget=forms.RadioSelect, error_messages={"required": NAMENS, "invalid_choice": NAMENS},
            )  # fmt: skip
        self.namens = namens

    def given(self):
        """The fields of the aanbod, with the school or the kring it is of."""
        given = dict(self.cleaned_data)
        key = given.pop("namens", None) or next(iter(self.namens))
        return given | self.namens[key][1]

    def changes(self):
        """The fields of what is there already."""
        return dict(self.cleaned_data)
