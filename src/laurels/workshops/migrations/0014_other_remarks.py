from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("workshops", "0013_choices_for_all")]

    operations = [migrations.RenameField("workshop", "refund_words", "other_remarks")]
