"""Small fields that understand what people type, and say in Dutch what they do not."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from cases.forms.teksten import HINT, KEUZE_WEG, van
from cases.velden import TE_LANG


class Bedrag(forms.DecimalField):
    """A number with a comma or a point: hours, or euros."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "et-kort"})

    def prepare_value(self, value):
        """A whole number stands there without a comma."""
        return int(value) if isinstance(value, Decimal) and value == int(value) else value

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip().removeprefix("€").strip()
            value = value.replace(".", "").replace(",", ".") if "," in value else value
        return super().to_python(value)

    def clean(self, value):
        """Whatever is wrong with it, it says which number is meant."""
        try:
            return super().clean(value)
        except ValidationError:
            raise ValidationError(self.error_messages["required"]) from None


class DuurWidget(forms.MultiWidget):
    template_name = "components/duur.html"
    use_fieldset = True
    CHIPS = [
        ("30", "½ uur"),
        ("60", "1 uur"),
        ("90", "1½ uur"),
        ("120", "2 uur"),
        ("180", "3 uur"),
        ("anders", "Anders"),
    ]

    def __init__(self):
        number = forms.TextInput(attrs={"inputmode": "numeric", "class": "form-control et-kort"})
        super().__init__([forms.RadioSelect(choices=self.CHIPS), number])

    def decompress(self, value):
        if value is None:
            return [None, ""]
        return [str(value), ""] if str(value) in dict(self.CHIPS) else ["anders", str(value)]


class Duur(forms.MultiValueField):
    """How long something took, in minutes: a chip, or a number of one's own."""

    widget = DuurWidget

    def __init__(self, **kwargs):
        fields = (forms.ChoiceField(choices=DuurWidget.CHIPS, required=False), forms.CharField(required=False))
        super().__init__(fields, require_all_fields=False, **kwargs)
        self.fields[0].error_messages["invalid_choice"] = KEUZE_WEG

    def compress(self, values):
        chip, number = [*values, "", ""][:2]
        if chip != "anders":
            return int(chip) if chip else None
        if not number.strip().isdecimal() or len(number) > 9:
            raise ValidationError("Vul het aantal minuten in met cijfers. Bijvoorbeeld 90.")
        if not 0 < int(number) <= 1440:
            raise ValidationError("Vul een aantal minuten in tussen 1 en 1440.")
        return int(number)


def lang(field):
    """A text of any length: never cut a paste; say afterwards how much too long it is."""
    limit = field.max_length
    field.max_length, field.validators = None, [v for v in field.validators if v.code != "max_length"]
    field.widget.attrs.pop("maxlength", None)

    def not_too_long(value):
        if limit and len(value) > limit:
            raise ValidationError(TE_LANG.format(len(value) - limit))

    field.validators.append(not_too_long)
    if limit and isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 5
    return field


def veld(model_field, empty, label=None, **more):
    """The form field of a model field, with our own words for everything that can be wrong."""
    if model_field.choices and "widget" not in more:
        more["widget"] = forms.RadioSelect
    field = model_field.formfield(label=capfirst(label or model_field.verbose_name), **more)
    if model_field.choices:
        field.choices = [choice for choice in field.choices if choice[0] != ""]
    field.help_text = van({model_field.name: ""} | HINT, model_field)
    field.error_messages |= {
        "required": empty,
        "invalid_choice": KEUZE_WEG,
        "null_characters_not_allowed": "Dit teken kan niet.",
    }
    return lang(field) if isinstance(field, forms.CharField) else field
