"""What is said of a file of a dossier: that it is an onderzoeksverslag, and what the parents think of sharing it."""

from django import forms
from django.core.exceptions import ValidationError

from cases.forms.datums import RecenteDatum
from cases.forms.teksten import LEEG
from cases.forms.velden import veld
from cases.models import Bijlage
from cases.models.muren_bijlage import AKKOORD, INTREKKEN
from schools.models import vandaag


class VerslagForm(forms.Form):
    """Of one file of a draft. An onderzoeksverslag is shared only if the parents agree with sharing that one."""

    use_required_attribute = False
    verslag = forms.BooleanField(label="Dit is een onderzoeksverslag", required=False)
    akkoord = forms.BooleanField(label="De ouders vinden het delen van dit verslag goed", required=False)
    akkoord_op = RecenteDatum(label="Wanneer vonden de ouders dat goed?", required=False)

    def __init__(self, file, data):
        self.file, prefix = file, f"bijlage-{file.pk}"
        shown = f"{prefix}-akkoord_op" in data  # the file came with this very form: nobody could say anything of it
        initial = {"verslag": file.verslag, "akkoord": file.verslag, "akkoord_op": file.akkoord_op or vandaag()}
        super().__init__(data if shown else None, prefix=prefix, label_suffix="", initial=initial)
        self.fields["akkoord_op"].nodig = ""  # it is, for an onderzoeksverslag

    @property
    def open(self):
        """Whether there is something to see: an ordinary file stays one line."""
        return bool(self["verslag"].value())

    def clean(self):
        given = super().clean()
        if not given.get("verslag"):
            self.errors.clear()  # of another file nothing is asked
            return {"verslag": False, "akkoord_op": None}
        if not given.get("akkoord"):
            self.add_error("akkoord", AKKOORD)
        elif not given.get("akkoord_op") and not self.errors:
            self.add_error("akkoord_op", LEEG["akkoord_op"])
        return given

    def keep(self):
        """Save what was said; the sentences of what is not right yet."""
        if not self.is_bound:
            return []
        if self.is_valid():
            given = {name: self.cleaned_data[name] for name in ("verslag", "akkoord_op")}
            if given != {name: getattr(self.file, name) for name in given}:
                Bijlage.objects.filter(pk=self.file.pk).update(**given)
        return [f"{self.file.naam}: {said}" for errors in self.errors.values() for said in errors]


class IntrekkenForm(forms.Form):
    """From when on the parents do not want an onderzoeksverslag to be shared any more."""

    use_required_attribute = False

    def __init__(self, file, data=None):
        self.file = file
        super().__init__(data, label_suffix="", initial={"akkoord_ingetrokken_op": vandaag()})
        name = "akkoord_ingetrokken_op"
        self.fields[name] = veld(Bijlage._meta.get_field(name), LEEG[name], form_class=RecenteDatum, required=True)

    def clean_akkoord_ingetrokken_op(self):
        op = self.cleaned_data["akkoord_ingetrokken_op"]
        if op < self.file.akkoord_op:
            raise ValidationError(INTREKKEN)
        return op
