"""Words that may be a name: somebody changes them, or says of each that it is none."""

from django import forms

VRAAG = "Is dit een naam? Haal het weg, of zeg dat het geen naam is: {}."


class GeenNamen(forms.MultipleChoiceField):
    """The words that were found, to be ticked."""

    widget = forms.CheckboxSelectMultiple
    nodig = ""

    def __init__(self, namen):
        super().__init__(
            label="Welke woorden zijn geen naam?", choices=[(n, n) for n in namen], required=False,
            error_messages={"invalid_choice": "Kies uit de woorden die hier staan."},
        )  # fmt: skip


def nog_namen(form, namen):
    """What is asked about the words of which nobody said anything yet, or nothing."""
    left = [naam for naam in namen if naam not in form.cleaned_data.get("geen_namen", [])]
    return VRAAG.format(", ".join(left)) if left and not form.has_error("geen_namen") else ""
