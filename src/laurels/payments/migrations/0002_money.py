import django.db.models.deletion
import laurels.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0001_initial'),
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.AddField(
            model_name='order',
            name='bill_to',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='order',
            name='credited_minor',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='order',
            name='held_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='key',
            field=models.CharField(blank=True, editable=False, max_length=40, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='order',
            name='received_minor',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='order',
            name='refunded_minor',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='order',
            name='tax_minor',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='order',
            name='tax_words',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='order',
            name='terms',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='order',
            name='way',
            field=models.CharField(choices=[('transfer', 'Invoice and bank transfer'), ('card', 'Card')], default='transfer', max_length=12),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('held_until__isnull', False)), fields=['held_until'], name='order_by_hold'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('tax_minor__lte', models.F('amount_minor'))), name='order_tax_is_part_of_it'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('credited_minor__lte', models.F('amount_minor'))), name='order_credit_at_most_all'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('refunded_minor__lte', models.F('received_minor'))), name='order_refund_at_most_received'),
        ),
        migrations.CreateModel(
            name='Billing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('legal_name', models.CharField(blank=True, max_length=200)),
                ('address', models.TextField(blank=True)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('tax_id', models.CharField(blank=True, max_length=40)),
                ('tax_name', models.CharField(default='VAT', max_length=20)),
                ('tax_basis_points', models.PositiveSmallIntegerField(default=0)),
                ('is_tax_included', models.BooleanField(default=True)),
                ('has_reverse_charge', models.BooleanField(default=False)),
                ('takes_transfer', models.BooleanField(default=True)),
                ('due_days', models.PositiveSmallIntegerField(default=14)),
                ('bank', models.CharField(blank=True, max_length=120)),
                ('iban', models.CharField(blank=True, max_length=40)),
                ('bic', models.CharField(blank=True, max_length=11)),
                ('prefix', models.CharField(default='INV-', max_length=12)),
                ('next_number', models.PositiveIntegerField(default=1)),
                ('seller', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='billing', to='people.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('tax_basis_points__lte', 10000)), name='billing_tax_at_most_all'), models.CheckConstraint(condition=models.Q(('next_number__gte', 1)), name='billing_numbers_from_one')],
            },
        ),
        migrations.CreateModel(
            name='Credit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=laurels.kernel.ids.public_id, editable=False, max_length=18, unique=True)),
                ('minor', models.PositiveBigIntegerField()),
                ('reason', models.CharField(max_length=250)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='payments.order')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('minor__gt', 0)), name='credit_is_something')],
            },
        ),
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=laurels.kernel.ids.public_id, editable=False, max_length=18, unique=True)),
                ('kind', models.CharField(choices=[('invoice', 'Invoice'), ('credit-note', 'Credit note')], max_length=12)),
                ('number', models.CharField(max_length=30)),
                ('sequence', models.PositiveIntegerField()),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('content', models.JSONField()),
                ('issued_on', models.DateField()),
                ('issued_at', models.DateTimeField()),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='payments.order')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['seller', 'issued_on'], name='invoice_by_day')],
                'constraints': [models.UniqueConstraint(fields=('seller', 'sequence', 'version'), name='invoice_number_once'), models.UniqueConstraint(fields=('seller', 'number', 'version'), name='invoice_named_once')],
            },
        ),
        migrations.CreateModel(
            name='MoneyEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('reference', models.CharField(max_length=120)),
                ('currency', models.CharField(max_length=3)),
                ('at', models.DateTimeField()),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='money_events', to='payments.order')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='money_events', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['seller', 'at'], name='money_event_by_time')],
                'constraints': [models.UniqueConstraint(fields=('seller', 'reference'), name='money_event_once')],
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('words', models.CharField(max_length=250)),
                ('quantity', models.PositiveIntegerField(default=1)),
                ('minor', models.BigIntegerField(help_text='For the whole line, in prices as shown: with tax where it is included')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='payments.order')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('order', 'position'), name='order_line_place')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('transfer', 'Invoice and bank transfer'), ('card', 'Card')], max_length=12)),
                ('reference', models.CharField(max_length=120)),
                ('amount_minor', models.PositiveBigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('surplus_minor', models.PositiveBigIntegerField(default=0)),
                ('why_surplus', models.CharField(blank=True, max_length=250)),
                ('received_at', models.DateTimeField()),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='payments.order')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['seller', 'received_at'], name='receipt_by_time')],
                'constraints': [models.UniqueConstraint(fields=('seller', 'way', 'reference'), name='receipt_once'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='receipt_is_money'), models.CheckConstraint(condition=models.Q(('surplus_minor__lte', models.F('amount_minor'))), name='receipt_surplus_is_part_of_it')],
            },
        ),
        migrations.CreateModel(
            name='Leg',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debit', models.CharField(choices=[('receivable', 'Owed by buyers'), ('bank', 'Bank'), ('card', 'At the card service'), ('revenue', 'Revenue'), ('tax', 'Tax to hand on'), ('refunds', 'Refunds on their way'), ('surplus', 'Money nobody owed'), ('card-fees', 'Fees of the card service'), ('disputed', 'Held back in disputes'), ('losses', 'Lost disputes'), ('seat-fees', 'Fees for seats'), ('owed-to-body', 'Owed to the certifying body')], max_length=20)),
                ('credit', models.CharField(choices=[('receivable', 'Owed by buyers'), ('bank', 'Bank'), ('card', 'At the card service'), ('revenue', 'Revenue'), ('tax', 'Tax to hand on'), ('refunds', 'Refunds on their way'), ('surplus', 'Money nobody owed'), ('card-fees', 'Fees of the card service'), ('disputed', 'Held back in disputes'), ('losses', 'Lost disputes'), ('seat-fees', 'Fees for seats'), ('owed-to-body', 'Owed to the certifying body')], max_length=20)),
                ('minor', models.PositiveBigIntegerField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='legs', to='payments.moneyevent')),
            ],
            options={
                'indexes': [models.Index(fields=['debit'], name='leg_by_debit'), models.Index(fields=['credit'], name='leg_by_credit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minor__gt', 0)), name='leg_moves_something'), models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='leg_between_two_accounts')],
            },
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=laurels.kernel.ids.public_id, editable=False, max_length=18, unique=True)),
                ('state', models.CharField(choices=[('asked', 'To be sent'), ('sent', 'On its way'), ('done', 'Paid back'), ('failed', 'Did not go through')], default='asked', max_length=6)),
                ('minor', models.PositiveBigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('reason', models.CharField(max_length=250)),
                ('external_id', models.CharField(blank=True, max_length=120)),
                ('problem', models.CharField(blank=True, max_length=250)),
                ('asked_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('credit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.credit')),
                ('order', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.order')),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.receipt')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='people.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('minor__gt', 0)), name='refund_is_something'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('seller', 'external_id'), name='refund_external_once')],
            },
        ),
    ]
