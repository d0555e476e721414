"""The form with which the IB-er plans an OT: when, where, and about whom."""

from django import forms

from cases.forms.mensen import te_bespreken
from cases.forms.stap import StepForm, in_het_kort
from cases.forms.teksten import KEUZE_WEG


class Leerlingen(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, a):
        return in_het_kort(a)


class PlanForm(StepForm):
    """The questions of the step `plannen`, and which leerlingen stand on the agenda."""

    def __init__(self, step, overleg, data=None):
        super().__init__(step, overleg, overleg, data)
        self.fields["leerlingen"] = Leerlingen(
            te_bespreken(overleg.school_id), label="Over welke leerlingen?",
            help_text="Wie het langst wacht, staat bovenaan.",
            error_messages={
                "required": "Kies minstens één leerling.", "invalid_choice": KEUZE_WEG, "invalid_pk_value": KEUZE_WEG,
                "invalid_list": KEUZE_WEG,
            },
        )  # fmt: skip
