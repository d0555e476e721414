"""Days and times as people type them."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from schools.models import vandaag

MAANDEN = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
BESTAAT_NIET = "Deze datum bestaat niet. Vul bijvoorbeeld 27-03-2017 in."


class Datum(forms.DateField):
    """A date as people write it: 27-3-2017, 27032017, 27 maart 2017, vandaag, gisteren."""

    default_error_messages = {"invalid": BESTAAT_NIET}

    def to_python(self, value):
        if isinstance(value, str):
            value = self.read(value.strip().lower())
        return super().to_python(value)

    def read(self, text):
        if text in {"vandaag", "gisteren"}:
            return vandaag() - datetime.timedelta(days=text == "gisteren")
        if found := re.fullmatch(r"(\d{1,2})[ -]?([a-z]{3,9})\.?[ -]?(\d{4})", text):
            day, month, year = found.groups()
            month = "maa" if month.startswith(("mrt", "maart")) else month[:3]
            text = f"{day}-{MAANDEN.index(month) + 1}-{year}" if month in MAANDEN else text
        if found := re.fullmatch(r"(\d{2})(\d{2})(\d{4})", text):
            text = "-".join(found.groups())
        if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", text):
            text = "{2}-{1:0>2}-{0:0>2}".format(*found.groups())
        return text


class RecenteDatum(Datum):
    """A day that has been: today, filled in already, or earlier. The browser's own calendar helps."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "et-kort"})

    def validate(self, value):
        super().validate(value)
        if value and value > vandaag():
            raise ValidationError("De datum moet vandaag of eerder zijn.")
        if value and value < vandaag() - datetime.timedelta(days=1830):
            raise ValidationError("Klopt het jaar? De datum ligt meer dan 5 jaar terug.")

    def widget_attrs(self, widget):
        return {"max": vandaag().isoformat()}


class ToekomstigeDatum(Datum):
    """A day that is still to come."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "et-kort"})

    def validate(self, value):
        super().validate(value)
        if value and value <= vandaag():
            raise ValidationError(f"De einddatum moet na {date_format(vandaag(), 'j F Y')} liggen.")
        if value and value > vandaag() + datetime.timedelta(days=730):
            raise ValidationError("Klopt het jaar? De datum ligt meer dan 2 jaar vooruit.")


class GeplandeDatum(ToekomstigeDatum):
    """A day on which people meet: today can be too."""

    def validate(self, value):
        if value and value < vandaag():
            raise ValidationError("Deze dag is al voorbij. Kies vandaag of later.")
        if value != vandaag():
            super().validate(value)


class Tijd(forms.TimeField):
    """A time as people write it: 14:30, 14.30, 1430, 9 uur."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "et-kort"})
    default_error_messages = {"invalid": "Vul een tijd in zoals 14:30."}

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip().lower().removesuffix("uur").strip().replace(".", ":")
            if found := re.fullmatch(r"(\d{1,2})(?::?(\d{2}))?", value):
                value = f"{found[1]:0>2}:{found[2] or '00'}"
        return super().to_python(value)


class Geboortedatum(Datum):
    """The birthday of a leerling of a basisschool."""

    widget = forms.DateInput(
        format="%d-%m-%Y", attrs={"class": "et-kort", "inputmode": "numeric", "autocomplete": "off"}
    )

    def validate(self, value):
        super().validate(value)
        if value and value > vandaag():
            raise ValidationError("De geboortedatum moet voor vandaag liggen.")
        if value and not 3 <= (vandaag() - value).days / 365.25 <= 15:
            age = int((vandaag() - value).days / 365.25)
            raise ValidationError(f"Klopt de geboortedatum? De leerling is dan {age} jaar.")
