from django.db import connection, models

# On which PostgreSQL tells other processes that a topic has something new.
WAKE = "laurels_journal"

# Whoever loses the race to make a topic advances it.
BEGIN = (
    "INSERT INTO journal_topic (name, latest_seq) VALUES (%s, %s) "
    "ON CONFLICT (name) DO UPDATE SET latest_seq = journal_topic.latest_seq + excluded.latest_seq "
    "RETURNING id, latest_seq"
)
ADVANCE = "UPDATE journal_topic SET latest_seq = latest_seq + %s WHERE name = %s RETURNING id, latest_seq"


class TopicQuerySet(models.QuerySet["Topic"]):
    def lock(self, name: str) -> "Topic":
        """The topic's row, locked until the transaction ends; made on first use."""
        self.get_or_create(name=name)
        return self.select_for_update().get(name=name)

    def lock_and_advance(self, name: str, places: int = 1, *, is_new: bool = False) -> "Topic":
        """The topic with its next places taken; changing the row locks it until the transaction ends.

        Whoever knows that the topic ``is_new`` saves looking for it. PostgreSQL tells other processes once this is
        committed.
        """
        # One statement instead of two or three: every act of every room passes here.
        is_told = connection.vendor == "postgresql"
        told, channel = (", pg_notify(%s, name)", [WAKE]) if is_told else ("", [])
        row = None
        with connection.cursor() as cursor:
            if not is_new:
                cursor.execute(ADVANCE + told, [places, name, *channel])
                row = cursor.fetchone()
            if row is None:
                cursor.execute(BEGIN + told, [name, places, *channel])
                row = cursor.fetchone()
        return self.model.from_db(self.db, ["id", "name", "latest_seq"], [row[0], name, row[1]])


class Topic(models.Model):
    """What entries are about, such as ``workshop:7``; its row orders the entries."""

    name = models.CharField(max_length=80, unique=True)
    latest_seq = models.BigIntegerField(default=0)

    objects = TopicQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, topic: str) -> "EntryQuerySet":
        return self.filter(topic__name=topic).order_by("seq")

    def after(self, seq: int) -> "EntryQuerySet":
        return self.filter(seq__gt=seq)

    def of(self, fact: type) -> "EntryQuerySet":
        return self.filter(fact=fact_name(fact))


def fact_name(fact: type) -> str:
    """``workshops.SeatTaken`` for ``laurels.workshops.facts.SeatTaken``: what is stored and never renamed."""
    return f"{fact.__module__.split('.')[-2]}.{fact.__name__}"


class Entry(models.Model):
    """Something that happened. Append-only; written in the transaction of the action it tells of."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="entries")
    seq = models.BigIntegerField()
    fact = models.CharField(max_length=80)
    payload = models.JSONField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "seq"], name="entry_once_per_place")]
        indexes = [models.Index(fields=["fact", "at"], name="entry_by_fact")]

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.seq} {self.fact}"


class Periodic(models.Model):
    """When a job that comes again is due next; whoever moves ``next_at`` on has claimed this turn."""

    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField()
    latest_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
