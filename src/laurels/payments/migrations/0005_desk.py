import django.db.models.deletion
import laurels.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0004_card'),
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='BankFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=laurels.kernel.ids.public_id, editable=False, max_length=18, unique=True)),
                ('file_name', models.CharField(max_length=200)),
                ('lines', models.JSONField(help_text='One object per line: number, on, minor, currency, name, text, reference')),
                ('uploaded_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_files', to='people.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='ReturnAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder', models.CharField(max_length=120)),
                ('iban', models.CharField(max_length=40)),
                ('bic', models.CharField(blank=True, max_length=11)),
                ('given_at', models.DateTimeField()),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='return_account', to='payments.order')),
            ],
        ),
        migrations.CreateModel(
            name='PaymentReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payment_reminders', to='payments.order')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('order', 'days'), name='payment_reminder_once')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('name', models.CharField(blank=True, max_length=200)),
                ('iban', models.CharField(blank=True, max_length=40)),
                ('text', models.CharField(blank=True, max_length=500)),
                ('bank_file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='payments.bankfile')),
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='transfer', to='payments.receipt')),
            ],
        ),
    ]
