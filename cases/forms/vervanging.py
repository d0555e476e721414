"""The forms of who stands in for whom, and of who takes the work of another over."""

from django import forms

from cases.forms.datums import Datum
from cases.forms.teksten import KEUZE_WEG, LEEG
from cases.forms.velden import veld
from cases.models import Soort
from schools.models import Vervanging, vandaag


class Dag(Datum):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "et-kort"})


class VervangingForm(forms.ModelForm):
    """Who, by whom, until when. Whether these two may, the database says when it is saved."""

    use_required_attribute = False

    class Meta:
        model = Vervanging
        fields = ["van_wie", "door", "van", "tot"]

    def __init__(self, data, people):
        super().__init__(data, label_suffix="")
        for name, empty in {"van_wie": "Kies wie wordt vervangen.", "door": "Kies wie vervangt."}.items():
            model_field = Vervanging._meta.get_field(name)
            self.fields[name] = veld(model_field, empty, queryset=people, empty_label="Kies…")
        for name, empty in {"van": "Vul de eerste dag in.", "tot": "Vul de laatste dag in."}.items():
            self.fields[name] = veld(Vervanging._meta.get_field(name), empty, form_class=Dag)

    def clean_van(self):
        return self.not_past("van", "Een vervanging begint vandaag of later.")

    def clean_tot(self):
        return self.not_past("tot", "De laatste dag is al voorbij. Kies vandaag of later.")

    def not_past(self, name, sentence):
        if self.cleaned_data[name] < vandaag():
            raise forms.ValidationError(sentence)
        return self.cleaned_data[name]


def keuze(label, people, empty):
    """One of these people, or nobody."""
    by_key = {str(user.pk): user for user in people}
    field = forms.TypedChoiceField(
        label=label, required=False, coerce=by_key.get, empty_value=None,
        choices=[("", empty), *((key, str(user)) for key, user in by_key.items())],
        error_messages={"invalid_choice": KEUZE_WEG},
    )  # fmt: skip
    field.nodig = ""
    return field


def waarom():
    field = forms.CharField(
        label="Waarom?", required=False, error_messages={"null_characters_not_allowed": "Dit teken kan niet."}
    )
    field.nodig = ""
    return field


class AllesForm(forms.Form):
    """First the shortest way: everything to one person, for one reason."""

    def __init__(self, data, people):
        super().__init__(data, label_suffix="")
        self.fields["alles"] = keuze("Alles naar dezelfde", people, "Kies per traject")
        self.fields["note"] = waarom()

    @property
    def given(self):
        """What was typed here, for a traject of which nothing else is said."""
        return {name: self.data.get(name, "").strip() for name in self.fields} if self.is_bound else {}


class OverdraagForm(forms.Form):
    """One traject: who takes it over, and why. Left empty it stays where it is."""

    def __init__(self, data, t, people, given):
        self.t, prefix = t, str(t.pk)
        fit = [user for user in people if t.soort == Soort.COMPLEX or user.pk == t.aanmelding.ab_id]  # B-23
        if data is not None:
            data = {name: data.get(f"{prefix}-{name}", "").strip() for name in ("uitvoerder", "note", "versie")}
            if not data["uitvoerder"] and given["alles"] in {str(user.pk) for user in fit}:
                data["uitvoerder"] = given["alles"]
            if data["uitvoerder"]:
                data["note"] = data["note"] or given["note"]
            data = {f"{prefix}-{name}": value for name, value in data.items()}
        super().__init__(data, prefix=prefix, label_suffix="")
        self.fields["uitvoerder"] = keuze("Naar wie?", fit, f"Blijft bij {t.uitvoerder.kort}")
        self.fields["note"] = waarom()

    @property
    def chosen(self):
        return any(self.data.get(self.add_prefix(name)) for name in self.fields)

    @property
    def versie(self):
        """The version of the traject that this form was about."""
        sent = self.data.get(self.add_prefix("versie"), "")
        return int(sent) if sent.isdecimal() and len(sent) < 10 else None

    def clean(self):
        given = super().clean()
        if self.chosen:
            for name, empty in {"uitvoerder": LEEG["ab"], "note": LEEG["note"]}.items():
                if name not in self.errors and not given.get(name):
                    self.add_error(name, empty)
        return given
