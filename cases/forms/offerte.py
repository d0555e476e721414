"""The form with which a school asks for an offerte, without a dossier."""

from django import forms

from cases.forms.teksten import KEUZE_WEG, LEEG, van
from cases.forms.velden import veld
from cases.models import Offerte
from cases.stappen.offerte import thema_bij_scholing


class OfferteForm(forms.Form):
    """For which school, if there are several; what kind; what it is about, without names."""

    use_required_attribute = False

    def __init__(self, data, schools):
        super().__init__(data, label_suffix="")
        self.schools = schools
        if len(schools) > 1:
            self.fields["school"] = forms.TypedChoiceField(
                label="Voor welke school?", coerce={s.brin6: s for s in schools}.get,
                choices=[("", "Kies…"), *((s.brin6, str(s)) for s in schools)],
                error_messages={"required": "Kies de school.", "invalid_choice": KEUZE_WEG},
            )  # fmt: skip
        for name in ("soort", "thema", "vraag"):
            more = {"widget": forms.Textarea} if name == "vraag" else {}
            model_field = Offerte._meta.get_field(name)
            self.fields[name] = veld(model_field, "" if name == "thema" else van(LEEG, model_field), **more)
        self.fields["thema"].nodig = ""  # at scholing it is

    def clean(self):
        given = super().clean() | {"school": self.cleaned_data.get("school", self.schools[0])}
        if wrong := thema_bij_scholing(None, Offerte(soort=given.get("soort", ""), thema=given.get("thema", ""))):
            self.add_error("thema", wrong)
        return given
