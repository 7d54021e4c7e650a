import django.db.models.deletion
import laurels.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
        ('people', '__first__'),
        ('programmes', '0006_code_of_conduct'),
        ('workshops', '0004_feeds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Queue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('latest_turn', models.PositiveBigIntegerField(default=0)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='queues', to='programmes.course')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='queues', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('provider', 'course'), name='queue_one_per_course')],
            },
        ),
        migrations.CreateModel(
            name='QueuePlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=laurels.kernel.ids.public_id, editable=False, max_length=18, unique=True)),
                ('seats', models.PositiveSmallIntegerField(default=1)),
                ('is_any', models.BooleanField(default=True)),
                ('turn', models.PositiveBigIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('offered', 'Has an offer'), ('taken', 'Has taken seats'), ('declined', 'Declined'), ('left', 'Left the queue')], default='waiting', max_length=8)),
                ('joined_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('passed', models.ManyToManyField(blank=True, related_name='passed_in', to='workshops.workshop')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='queue_places', to=settings.AUTH_USER_MODEL)),
                ('queue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='workshops.queue')),
                ('wishes', models.ManyToManyField(blank=True, related_name='wished_in', to='workshops.workshop')),
            ],
            options={
                'indexes': [models.Index(fields=['queue', 'state', 'turn'], name='queue_in_turn')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'offered'])), fields=('queue', 'person'), name='queue_one_per_person'), models.UniqueConstraint(fields=('queue', 'turn'), name='queue_turn_once'), models.CheckConstraint(condition=models.Q(('seats__gte', 1)), name='queue_place_has_seats'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state__in', ['waiting', 'offered'])), models.Q(('ended_at__isnull', False), ('state__in', ['taken', 'declined', 'left'])), _connector='OR'), name='queue_place_ended_when')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=laurels.kernel.ids.public_id, editable=False, max_length=18, unique=True)),
                ('seats', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('open', 'Waiting for an answer'), ('taken', 'Taken'), ('declined', 'Declined'), ('not-now', 'Not this date'), ('expired', 'Not answered in time'), ('withdrawn', 'Withdrawn')], default='open', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('secret_digest', models.CharField(blank=True, db_index=True, max_length=64)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='workshops.workshop')),
                ('queue_place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='workshops.queueplace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['expires_at'], name='offer_by_time')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('queue_place',), name='offer_one_open'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='offer_lasts'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state', 'open')), models.Q(('answered_at__isnull', False), models.Q(('state', 'open'), _negated=True)), _connector='OR'), name='offer_answered_when')],
            },
        ),
        migrations.AddField(
            model_name='place',
            name='offer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='places', to='workshops.offer'),
        ),
    ]
