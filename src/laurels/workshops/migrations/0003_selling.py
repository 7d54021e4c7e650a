import django.db.models.deletion
import django.db.models.functions.text
import laurels.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0003_books_stay'),
        ('people', '0001_initial'),
        ('people', '__first__'),
        ('workshops', '0002_asking'),
    ]

    operations = [
        migrations.AddField(
            model_name='seat',
            name='worth_minor',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='seat',
            name='order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='payments.order'),
        ),
        migrations.CreateModel(
            name='Coupon',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=laurels.kernel.ids.public_id, editable=False, max_length=18, unique=True)),
                ('code', models.CharField(max_length=40)),
                ('percent', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('off_minor', models.PositiveBigIntegerField(blank=True, null=True)),
                ('currency', models.CharField(blank=True, max_length=3)),
                ('most_uses', models.PositiveIntegerField(blank=True, null=True)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=120)),
                ('made_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coupons', to='people.organisation')),
                ('workshop', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='coupons', to='workshops.workshop')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('provider', 'code'), name='coupon_code_once'), models.CheckConstraint(condition=models.Q(('code', django.db.models.functions.text.Upper('code'))), name='coupon_is_upper_case'), models.CheckConstraint(condition=models.Q(models.Q(('off_minor', None), ('percent__gte', 1), ('percent__isnull', False), ('percent__lte', 100)), models.Q(('off_minor__gt', 0), ('off_minor__isnull', False), ('percent', None)), _connector='OR'), name='coupon_percent_or_amount')],
            },
        ),
        migrations.CreateModel(
            name='Extra',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=laurels.kernel.ids.public_id, editable=False, max_length=18, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('price_minor', models.PositiveBigIntegerField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extras', to='workshops.workshop')),
            ],
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=laurels.kernel.ids.public_id, editable=False, max_length=18, unique=True)),
                ('state', models.CharField(choices=[('held', 'Held'), ('open', 'Waiting for a name'), ('named', 'Has become a seat'), ('released', 'Released')], default='held', max_length=8)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('company', models.CharField(blank=True, max_length=160)),
                ('worth_minor', models.PositiveBigIntegerField(default=0)),
                ('held_until', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('order', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='places', to='payments.order')),
                ('seat', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='place', to='workshops.seat')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='workshops.workshop')),
            ],
            options={
                'indexes': [models.Index(fields=['workshop', 'state'], name='place_by_workshop'), models.Index(condition=models.Q(('state', 'held')), fields=['held_until'], name='place_by_hold')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), ('held_until__isnull', False), _connector='OR'), name='place_held_until_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'named'), _negated=True), ('seat__isnull', False), _connector='OR'), name='place_named_has_seat')],
            },
        ),
        migrations.CreateModel(
            name='Sale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('early_minor', models.PositiveBigIntegerField(blank=True, null=True)),
                ('early_until', models.DateField(blank=True, null=True)),
                ('early_seats', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('group_from', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('group_minor', models.PositiveBigIntegerField(blank=True, null=True)),
                ('least_minor', models.PositiveBigIntegerField(blank=True, null=True)),
                ('invite_code', models.CharField(blank=True, max_length=40)),
                ('terms', models.JSONField(blank=True, default=dict)),
                ('minimum', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('decide_on', models.DateField(blank=True, null=True)),
                ('workshop', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sale', to='workshops.workshop')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('early_minor', None), ('early_until__isnull', False), ('early_seats__isnull', False), _connector='OR'), name='sale_early_ends'), models.CheckConstraint(condition=models.Q(models.Q(('group_from', None), ('group_minor', None)), models.Q(('group_from__gte', 2), ('group_minor__isnull', False)), _connector='OR'), name='sale_group_from_two')],
            },
        ),
        migrations.CreateModel(
            name='CouponUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minor', models.PositiveBigIntegerField(help_text='How much cheaper it became')),
                ('used_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('coupon', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='workshops.coupon')),
                ('order', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='coupon_use', to='payments.order')),
            ],
        ),
    ]
