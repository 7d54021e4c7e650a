import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
        ('people', '__first__'),
        ('programmes', '0006_code_of_conduct'),
        ('workshops', '0006_after'),
    ]

    operations = [
        migrations.CreateModel(
            name='SeatFee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minor', models.PositiveBigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('from_on', models.DateField()),
                ('set_at', models.DateTimeField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seat_fees_asked', to='people.organisation')),
                ('course', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seat_fees', to='programmes.course')),
                ('provider', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seat_fees', to='people.organisation')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SeatFeeOwed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minor', models.PositiveBigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('owed_on', models.DateField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seat_fees_due', to='people.organisation')),
                ('fee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='owed', to='workshops.seatfee')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seat_fees_owed', to='people.organisation')),
                ('seat', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='fee_owed', to='workshops.seat')),
            ],
            options={
                'indexes': [models.Index(fields=['provider', 'owed_on'], name='seat_fee_by_provider'), models.Index(fields=['body', 'owed_on'], name='seat_fee_by_body')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minor__gt', 0)), name='seat_fee_is_something')],
            },
        ),
    ]
