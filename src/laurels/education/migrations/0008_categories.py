"""Which categories there are is the policies'. Nothing changes in the database: tables and their triggers stay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("education", "0007_said_again")]
    operations = [
        migrations.AlterField("ledgerentry", "category", models.CharField(max_length=40)),
        migrations.AlterField("claimcode", "category", models.CharField(max_length=40)),
    ]
