"""The forms about looking: a period, a reason beforehand, a judgement afterwards."""

from django import forms

from cases.forms.datums import Datum
from cases.forms.velden import veld
from cases.models import Beoordeling, InzageMetReden

KORT = "Schrijf in minstens 20 tekens op waarom je dit dossier moet zien. Dit zijn er {}."
LEEG = "Schrijf op waarom je dit dossier moet zien."
GEEN_DOSSIER = "Er is geen dossier met dit nummer, of het is van een andere kring. Kijk het nummer na."


class Dag(Datum):
    """One end of a period; open when it is empty."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "et-kort"})
    nodig = ""  # nobody needs to be told that a filter may be empty


class PeriodeForm(forms.Form):
    van = Dag(label="Van", required=False)
    tot = Dag(label="Tot en met", required=False)

    def clean(self):
        van, tot = self.cleaned_data.get("van"), self.cleaned_data.get("tot")
        if van and tot and van > tot:
            self.add_error("tot", "De laatste dag ligt voor de eerste. Draai ze om.")


class MetRedenForm(forms.Form):
    use_required_attribute = False
    nummer = forms.CharField(
        label="Nummer van het dossier", max_length=10, help_text="Bijvoorbeeld 26-0143.",
        error_messages={"required": "Vul het nummer van het dossier in.", "max_length": GEEN_DOSSIER,
                        "null_characters_not_allowed": "Dit teken kan niet."},
        widget=forms.TextInput(attrs={"class": "et-kort", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args):
        super().__init__(*args, label_suffix="")
        self.fields["nummer"].widget.attrs.pop("maxlength", None)  # never cut a paste
        self.fields["reden"] = veld(InzageMetReden._meta.get_field("reden"), LEEG, widget=forms.Textarea)

    def clean_reden(self):
        reden = " ".join(self.cleaned_data["reden"].split())
        if len(reden) < 20:
            raise forms.ValidationError(KORT.format(len(reden)))
        return reden


class BeoordeelForm(forms.ModelForm):
    """Of one look; left empty it is judged another time."""

    class Meta:
        model = Beoordeling
        fields = ["oordeel", "toelichting"]

    def __init__(self, data, inzage, user):
        self.inzage, beoordeling = inzage, Beoordeling(inzage_id=inzage.pk, door=user)
        super().__init__(
            data, instance=beoordeling, prefix=str(inzage.pk), label_suffix="",
            empty_permitted=True, use_required_attribute=False,
        )  # fmt: skip
        for name, empty in {"oordeel": "Kies een oordeel.", "toelichting": ""}.items():
            self.fields[name] = veld(Beoordeling._meta.get_field(name), empty)
        self.fields["toelichting"].nodig = ""  # it is, but for what is right

    def clean(self):
        given, inzage = super().clean(), self.inzage
        if inzage.door_id == self.instance.door_id:
            self.add_error("oordeel", "Een ander beoordeelt jouw inzage.")
        elif hasattr(inzage, "beoordeling"):
            self.add_error("oordeel", f"{inzage.beoordeling.door} was je voor en beoordeelde deze inzage al.")
        elif given.get("oordeel", "terecht") != "terecht" and given.get("toelichting") == "":
            self.add_error("toelichting", "Schrijf op wat er niet klopt of wat je navraagt.")
        return given
