"""The hours of each expert in each team, all on one page."""

from django import forms

from cases.forms.velden import Bedrag
from cases.forms.verdeling import name, op_een_kwartier

WRONG = "Vul het aantal uren van {} in met cijfers, op een kwartier. Bijvoorbeeld 320."


class InzetForm(forms.Form):
    """One number for each expert in a team; left empty he has no hours there."""

    use_required_attribute = False

    def __init__(self, data, plekken, known):
        super().__init__(data, label_suffix="")
        self.names = {f"{name('uren', plek.team)}-{plek.user_id}": plek for plek in plekken}
        for field, plek in self.names.items():
            self.fields[field] = Bedrag(
                label=f"{plek.user} ({plek.get_rol_display()})", required=False, localize=True, decimal_places=2,
                initial=known.get((plek.team_id, plek.user_id)), min_value=0, max_value=10_000,
                validators=[op_een_kwartier], error_messages={"required": WRONG.format(plek.user)},
            )  # fmt: skip
            self.fields[field].nodig = ""

    def per_team(self):
        """{team: its fields}"""
        found = {}
        for field, plek in self.names.items():
            found.setdefault(plek.team, []).append(self[field])
        return found

    def given(self):
        """[(plek, hours or nothing)]"""
        return [(plek, self.cleaned_data[field]) for field, plek in self.names.items()]
