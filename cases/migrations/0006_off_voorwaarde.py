from decimal import Decimal

import django.db.models.functions.math
import django.db.models.lookups
from django.db import migrations, models

VOORWAARDE = "OS en AB zijn het eens"  # the one that is known; the coördinator adds those of the own document


def vul(apps, schema_editor):
    Voorwaarde = apps.get_model("cases", "Voorwaarde")
    Voorwaarde.objects.using(schema_editor.connection.alias).get_or_create(tekst=VOORWAARDE)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_werkwijze")]

    operations = [
        migrations.RunPython(vul, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="offerteregel",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    django.db.models.functions.math.Mod("uren", models.Value(Decimal("0.25"))), models.Value(0)
                ),
                name="regel_kwartier",
                violation_error_message="Rond de uren af op een kwartier. Bijvoorbeeld 6,25 of 6,5.",
            ),
        ),
    ]
