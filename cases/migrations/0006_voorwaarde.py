from django.db import migrations

VOORWAARDE = "OS en AB zijn het eens"  # the one that is known; the coördinator adds those of the own document


def vul(apps, schema_editor):
    Voorwaarde = apps.get_model("cases", "Voorwaarde")
    Voorwaarde.objects.using(schema_editor.connection.alias).get_or_create(tekst=VOORWAARDE)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_werkwijze")]
    operations = [migrations.RunPython(vul, migrations.RunPython.noop)]
