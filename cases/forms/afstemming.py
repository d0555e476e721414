"""The forms of an afstemming: when it is, what is decided about each vraag, who was there and what was agreed."""

from decimal import Decimal

from django import forms
from django.utils.crypto import salted_hmac

from cases.forms.datums import Datum
from cases.forms.namen import GeenNamen, nog_namen
from cases.forms.teksten import KEUZE_WEG
from cases.forms.velden import Bedrag, veld
from cases.models import Afstemming, Afstemmingsbesluit
from cases.models.afstemming import MEEST, WIE
from cases.models.offerte import KWARTIER
from schools.models import vandaag

GETAL = "Vul het aantal uren in met cijfers. Bijvoorbeeld 6,5."
KIES = "Kies eerst, later of anders."
VER_WEG = "Kies een dag van het afgelopen of het komende jaar."


class Dag(Datum):
    """A day of about now: last year's minutes, next year's meeting."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "et-kort"})
    nodig = ""

    def validate(self, value):
        super().validate(value)
        if value and abs((value - vandaag()).days) > 366:
            raise forms.ValidationError(VER_WEG)


def dag(label, empty, **more):
    field = Dag(label=label, **more)
    field.error_messages["required"] = empty
    return field


class PlanForm(forms.Form):
    use_required_attribute = False

    def __init__(self, data=None):
        super().__init__(data, label_suffix="")
        self.fields["datum"] = dag("Wanneer is de volgende afstemming?", "Vul in wanneer de afstemming is.")


class AfstemmingForm(forms.Form):
    """The meeting itself. Who was there is needed only when it is closed; names are asked about before saving."""

    use_required_attribute = False

    def __init__(self, afstemming, people, data=None, namen=()):
        self.namen = namen
        was = afstemming.aanwezig.splitlines()
        initial = {"datum": afstemming.datum, "aanwezig": was, "verslag": afstemming.verslag}
        super().__init__(data, label_suffix="", initial=initial)
        self.fields["datum"] = dag("Op welke dag was of is het?", "Vul in wanneer de afstemming is.")
        self.fields["aanwezig"] = forms.MultipleChoiceField(
            label="Wie waren erbij?", choices=[(name, name) for name in dict.fromkeys([*people, *was])],
            widget=forms.CheckboxSelectMultiple, required=False, error_messages={"invalid_choice": KEUZE_WEG},
        )  # fmt: skip
        self.fields["verslag"] = veld(Afstemming._meta.get_field("verslag"), "")
        for name in ("aanwezig", "verslag"):
            self.fields[name].nodig = ""
        if namen:
            self.fields["geen_namen"] = GeenNamen(namen)

    def clean(self):
        given = super().clean()
        if "effect" not in self.data and (asked := nog_namen(self, self.namen)):
            self.add_error("geen_namen", asked)
        if "afronden" in self.data and not self.errors and not given["aanwezig"]:
            self.add_error("aanwezig", WIE)
        return given

    def fields_given(self):
        """As the database keeps them."""
        given = self.cleaned_data
        return {"datum": given["datum"], "aanwezig": "\n".join(given["aanwezig"]), "verslag": given["verslag"]}


class BesluitForm(forms.Form):
    """About one vraag. Its name in the page is no key of anything: nobody comes to a dossier by it."""

    use_required_attribute = False

    def __init__(self, afstemming, vraag, data=None):
        self.vraag = vraag
        was = {"besluit": vraag.besluit, "uren": vraag.uren or None, "toelichting": vraag.toelichting}
        prefix = "v" + salted_hmac("afstemming", f"{afstemming.pk} {vraag.pk}").hexdigest()[:12]
        super().__init__(data, label_suffix="", prefix=prefix, initial=was)
        self.fields["besluit"] = veld(Afstemmingsbesluit._meta.get_field("besluit"), KIES)
        self.fields["uren"] = Bedrag(
            label="Uren voor deze vraag dit schooljaar", required=False, localize=True, decimal_places=2, min_value=0,
            max_value=MEEST, error_messages={"required": GETAL},
        )  # fmt: skip
        self.fields["toelichting"] = veld(Afstemmingsbesluit._meta.get_field("toelichting"), "")
        for field in self.fields.values():
            field.required, field.nodig = False, ""

    def clean_uren(self):
        uren = self.cleaned_data["uren"] or Decimal(0)
        if uren % Decimal("0.25"):
            raise forms.ValidationError(KWARTIER)
        return uren

    def clean(self):
        given = super().clean()
        if not self.errors and any(given.values()) and not given["besluit"]:
            self.add_error("besluit", KIES)
        return given

    @property
    def geschreven(self):
        """The text as it is typed now."""
        return self["toelichting"].value() or ""

    @property
    def changed(self):
        """Says something else than what counts already."""
        was = {name: getattr(self.vraag, name) for name in self.fields}
        return bool(self.cleaned_data["besluit"]) and self.cleaned_data != was
