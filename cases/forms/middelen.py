"""The amount for each leerling, and the schooldeel of each school: in euros on the page, in cents below."""

from decimal import Decimal

from django import forms

from cases.forms.velden import Bedrag

EURO = "Vul het bedrag {}in met cijfers. Bijvoorbeeld 100 of 12500,50."


def euros(label, wat, cents, **more):
    return Bedrag(
        label=label, localize=True, decimal_places=2, min_value=0, max_value=1_000_000,
        initial=None if cents is None else Decimal(cents) / 100, error_messages={"required": EURO.format(wat)}, **more,
    )  # fmt: skip


class MiddelenForm(forms.Form):
    """One amount for each leerling and one for each school; a school that is left empty has no schooldeel."""

    use_required_attribute = False

    def __init__(self, data, scholen, middelen, known):
        super().__init__(data, label_suffix="")
        now = middelen.per_leerling if middelen else None
        self.fields["per_leerling"] = euros("Bedrag per leerling, in euro", "per leerling ", now)
        self.names = {f"school-{school.brin6}": school for school in scholen}
        for name, school in self.names.items():
            self.fields[name] = euros(school.naam, f"van {school} ", known.get(school.pk), required=False)
            self.fields[name].nodig = ""

    def scholen(self):
        return [self[name] for name in self.names]

    def cents(self):
        """(cents for each leerling, {school: cents of its schooldeel})"""
        given = {name: int(amount * 100) for name, amount in self.cleaned_data.items() if amount is not None}
        return given["per_leerling"], {school: given[name] for name, school in self.names.items() if given.get(name)}
