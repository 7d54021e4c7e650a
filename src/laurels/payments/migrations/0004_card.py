import django.db.models.deletion
import laurels.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0003_books_stay'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='refund',
            name='attempt',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.CreateModel(
            name='CardAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=laurels.kernel.ids.public_id, editable=False, max_length=18, unique=True)),
                ('account_id', models.CharField(max_length=120)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('sealed_key', models.TextField()),
                ('sealed_webhook_secret', models.TextField(blank=True)),
                ('sealed_previous_secret', models.TextField(blank=True)),
                ('api_base', models.CharField(blank=True, max_length=200)),
                ('is_active', models.BooleanField(default=True)),
                ('connected_at', models.DateTimeField()),
                ('rolled_at', models.DateTimeField(blank=True, null=True)),
                ('seller', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='card_account', to='people.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(max_length=120, unique=True)),
                ('minor', models.PositiveBigIntegerField()),
                ('state', models.CharField(choices=[('open', 'Not decided yet'), ('won', 'Decided for the seller'), ('lost', 'Decided for the buyer')], default='open', max_length=4)),
                ('reason', models.CharField(blank=True, max_length=80)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='payments.receipt')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('minor__gt', 0)), name='dispute_is_something')],
            },
        ),
        migrations.CreateModel(
            name='CardSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=laurels.kernel.ids.public_id, editable=False, max_length=18, unique=True)),
                ('session_id', models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ('intent_id', models.CharField(blank=True, max_length=120)),
                ('url', models.TextField(blank=True)),
                ('back_to', models.CharField(blank=True, max_length=300)),
                ('amount_minor', models.PositiveBigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('attempt', models.PositiveSmallIntegerField(default=1)),
                ('problem', models.CharField(blank=True, max_length=250)),
                ('held_until', models.DateTimeField(blank=True, null=True)),
                ('opened_at', models.DateTimeField()),
                ('looked_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='payments.cardaccount')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='card_sessions', to='payments.order')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['opened_at'], name='card_session_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('order',), name='card_session_one_open'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='card_session_is_money')],
            },
        ),
        migrations.CreateModel(
            name='ProviderEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event_id', models.CharField(max_length=120)),
                ('type', models.CharField(max_length=80)),
                ('created', models.DateTimeField()),
                ('payload', models.JSONField()),
                ('received_at', models.DateTimeField()),
                ('taken_in_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=250)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='payments.cardaccount')),
            ],
            options={
                'indexes': [models.Index(fields=['account', 'received_at'], name='provider_event_by_time')],
                'constraints': [models.UniqueConstraint(fields=('account', 'event_id'), name='provider_event_once')],
            },
        ),
    ]
