import django.db.models.deletion
import laurels.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0003_books_stay'),
        ('workshops', '0005_queue'),
    ]

    operations = [
        migrations.AddField(
            model_name='seat',
            name='replaces',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='workshops.seat'),
        ),
        migrations.AlterField(
            model_name='seat',
            name='state',
            field=models.CharField(choices=[('taken', 'Booked'), ('attended', 'Attended'), ('missed', 'Missed'), ('cancelled', 'Cancelled'), ('transferred', 'Moved to another date'), ('substituted', 'Given to a colleague')], default='taken', max_length=12),
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=laurels.kernel.ids.public_id, editable=False, max_length=18, unique=True)),
                ('answer', models.CharField(blank=True, choices=[('', 'Not answered'), ('stay', 'Waits for the next date'), ('move', 'Another date'), ('refund', 'Money back')], default='', max_length=6)),
                ('asked_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('moved_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workshops.workshop')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='payments.order')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='workshops.workshop')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answer', '')), fields=['asked_at'], name='choice_unanswered')],
                'constraints': [models.UniqueConstraint(fields=('order', 'workshop'), name='choice_once'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='choice_answered_when'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'move'), ('moved_to__isnull', False)), models.Q(models.Q(('answer', 'move'), _negated=True), ('moved_to', None)), _connector='OR'), name='choice_moved_where')],
            },
        ),
        migrations.CreateModel(
            name='Surcharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worth_minor', models.PositiveBigIntegerField(default=0)),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='surcharge', to='payments.order')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surcharges', to='workshops.seat')),
            ],
        ),
        migrations.CreateModel(
            name='ChoiceLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('choice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='workshops.choice')),
            ],
        ),
    ]
