"""What somebody says about destroying: which dossiers, and that he looked at the list."""

from django import forms
from django.utils.formats import date_format

from cases.models.bewaren import MEEST


class VoorstelForm(forms.Form):
    """The dossiers that are due, each with a tick."""

    use_required_attribute = False
    dossiers = forms.MultipleChoiceField(
        label="Welke dossiers kunnen weg?", widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies minstens één dossier.",
            "invalid_choice": "Een dossier dat je koos, staat niet meer in de lijst. Kijk de lijst na.",
        },
    )  # fmt: skip

    def __init__(self, data, rows):
        super().__init__(data, label_suffix="")
        self.fields["dossiers"].choices = [(str(row.pk), regel(row)) for row in rows[:MEEST]]


def regel(row):
    """One dossier in words, without a name."""
    closed, due = (date_format(day, "j F Y") for day in (row.gesloten_op, row.bewaard_tot))
    return f"{row.nummer} · {row.school} · gesloten op {closed} · bewaren tot {due}"


class BevestigForm(forms.Form):
    use_required_attribute = False
    gezien = forms.BooleanField(
        label="Ik heb de lijst bekeken. Deze dossiers kunnen weg.",
        error_messages={"required": "Vink aan dat je de lijst hebt bekeken."},
    )

    def __init__(self, data=None):
        super().__init__(data, label_suffix="")
