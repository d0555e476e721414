"""What somebody says before a whole dossier leaves the system."""

from django import forms


class VerzoekForm(forms.Form):
    use_required_attribute = False
    nagekeken = forms.BooleanField(
        label="Ik heb nagekeken wie het vraagt: een ouder met gezag, of de leerling zelf vanaf 16 jaar.",
        error_messages={"required": "Kijk eerst na wie het vraagt. Vink het daarna aan."},
    )
    namen = forms.BooleanField(
        label="Zet de namen erbij van wie het dossier zagen.", required=False,
        help_text="Zonder vinkje staat er wel wanneer iemand keek, in welke rol en waarom.",
    )  # fmt: skip

    def __init__(self, data=None):
        super().__init__(data, label_suffix="")
