"""Whether a pack that reads well may be loaded here, by this actor, now."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.periods import Period, day_in
from laurels.kernel.refusal import Refusal
from laurels.people.models import Organisation
from laurels.programmes.models import Course, PackLoad, Policy
from laurels.programmes.rules.contents import Pack


def why_not_load(
    pack: Pack, body: Organisation | None, latest: PackLoad | None, *, by: Actor, now: datetime
) -> Refusal | None:
    """``body`` is None when it is to be founded, ``latest`` when this pack was never loaded for it."""
    if not (by.is_system or (body and by.has("staff", at=body.pk))):
        return Refusal(
            "not-yours", _("Only staff of %(body)s may load its packs. Ask them.") % {"body": pack.body.name}
        )
    if body and not body.is_body:
        words = _("“%(slug)s” is a training provider here and certifies nobody. Give the pack's body another slug.")
        return Refusal("not-a-body", words % {"slug": body.slug})
    if gone := sorted(set(latest.contents if latest else []) - set(pack.contents)):
        words = _(
            "These were in the pack before and are missing now: %(list)s. Put them back; what ends, ends by a date."
        )
        return Refusal("gone", words % {"list": ", ".join(gone)})
    if ahead := [licence.dated for licence in pack.licences if licence.dated > day_in(pack.body.zone, now)]:
        words = _("The licence terms dated %(day)s are not in force yet. Load the pack on that day.")
        return Refusal("licence-ahead", words % {"day": ahead[0]})
    return _why_not_share(pack, body)


def _why_not_share(pack: Pack, body: Organisation | None) -> Refusal | None:
    """What other packs on this installation have against it."""
    slugs = [course.slug for course in pack.courses]
    if taken := Course.objects.filter(slug__in=slugs).exclude(scheme__body=body).order_by("slug").first():
        words = _("Another body has a course with the slug “%(slug)s”. Choose another slug in the pack.")
        return Refusal("course-taken", words % {"slug": taken.slug})
    keys = [policy.key for policy in pack.policies]
    others = Policy.objects.filter(body=body).binding().newest().exclude(key__in=keys)
    for policy in others:
        if any(
            _overlap(policy, own.in_force_from, own.in_force_until) for own in pack.policies if not own.is_reference
        ):
            words = _("The policy %(key)s of another pack binds the same days. One body has one policy at a time.")
            return Refusal("two-policies", words % {"key": policy.key})
    for other in PackLoad.objects.latest_of_others(body, pack.key):
        if doubled := sorted({f"exercise {each.key}" for each in pack.exercises} & set(other.contents)):
            words = _("The pack %(pack)s has the %(exercise)s already. Give it another key here.")
            return Refusal("exercise-taken", words % {"pack": other.pack, "exercise": doubled[0]})
    return None


def _overlap(policy: Policy, first: date, final: date | None) -> bool:
    own = Period(first, final)
    return own.covers(policy.in_force_from) or Period(policy.in_force_from, policy.in_force_until).covers(first)
