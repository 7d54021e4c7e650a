"""What may be shown as evidence: photos, PDF and calendar files, told by their bytes and not by their names."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from icalendar import Calendar
from PIL import Image, ImageOps

from laurels.education.models import Evidence, LedgerEntry
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal, Refused

MEGABYTES = 8
FILES_MOST = 5
PIXELS_MOST = 60_000_000
PHOTO_SIDE = 2_000


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a calendar file; ``minutes`` is 0 where it lasts whole days."""

    title: str
    on: date
    minutes: int


def why_not_add_evidence(entry: LedgerEntry, *, count: int, removed: Evidence | None, by: Actor) -> Refusal | None:
    if by.person_id != entry.person_id:
        return Refusal("not-yours", _("Only you yourself can add evidence to your entries."))
    if entry.takes_back_id is not None or entry.is_taken_back:
        return Refusal("taken-back", _("This entry was taken back; it needs no evidence."))
    if removed is not None and removed.removed_on is not None:
        words = _("You showed this file before; it was removed on %(day)s, as %(policy)s says. It is not needed again.")
        day = date_format(removed.removed_on, "j F Y")
        return Refusal("removed", words % {"day": day, "policy": removed.policy}, field="file")
    if count >= FILES_MOST:
        return Refusal("too-many", _("Five pieces of evidence are enough for one entry."), field="file")
    return None


def why_not_remove(evidence: Evidence, *, today: date, by: Actor) -> Refusal | None:
    if not by.is_system:
        return Refusal("not-yours", _("Files go by the rules alone, on the day that was announced."))
    if evidence.leaves_on is None or today < evidence.leaves_on:
        return Refusal("kept", _("This file is still kept. Its owner has to see first on which day it goes."))
    return None


def evidence_file(name: str, content: bytes) -> EvidenceFile:
    """The file as it is kept. A photo is made smaller and loses where and with what it was taken. Raises Refused."""
    if len(content) > MEGABYTES * 1_000_000:
        raise Refused(Refusal("too-big", _("At most 8 megabytes, please. A smaller photo will do."), field="file"))
    if content.startswith(b"%PDF-"):
        return EvidenceFile(_named(name, "pdf"), "application/pdf", content)
    if content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"BEGIN:VCALENDAR"):
        return EvidenceFile(_named(name, "ics"), "text/calendar", content)
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff")) or content[8:12] == b"WEBP":
        return EvidenceFile(_named(name, "jpg"), "image/jpeg", _smaller(content))
    words = _("A photo (JPEG, PNG or WebP), a PDF or a calendar file (.ics), please. This is something else.")
    raise Refused(Refusal("kind", words, field="file"))


def happened(content: bytes) -> Happened | None:
    """The first event of a calendar file; None where there is none to be read."""
    try:
        events = Calendar.from_ical(content.decode("utf-8-sig")).walk("VEVENT")
        event = events[0]
        begins = event.decoded("DTSTART")
        ends = event.decoded("DTEND", begins)
        if "DURATION" in event:
            ends = begins + event.decoded("DURATION")
    except (ValueError, KeyError, IndexError, TypeError):
        return None
    title = " ".join(str(event.get("SUMMARY", "")).split())[:200]
    if not isinstance(begins, datetime) or not isinstance(ends, datetime):
        return Happened(title, begins if not isinstance(begins, datetime) else begins.date(), 0)
    try:
        minutes = int((ends - begins).total_seconds()) // 60
    except TypeError:
        minutes = 0
    return Happened(title, begins.date(), max(0, minutes))


def _smaller(content: bytes) -> bytes:
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as photo:
            if photo.width * photo.height > PIXELS_MOST:
                raise Refused(Refusal("too-big", _("This picture has too many pixels."), field="file"))
            photo.draft("RGB", (PHOTO_SIDE, PHOTO_SIDE))
            upright = ImageOps.exif_transpose(photo).convert("RGB")
            upright.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
            made = BytesIO()
            upright.save(made, "JPEG", quality=80)
            return made.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as broken:
        words = _("This picture cannot be opened. Take it again, or send another.")
        raise Refused(Refusal("broken", words, field="file")) from broken


def _named(name: str, ending: str) -> str:
    """The file's own name without folders and odd signs, ending as its bytes say."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    plain = "".join(letter if letter.isalnum() or letter in " -_" else "-" for letter in stem).strip(" -")
    return f"{plain[:80] or 'evidence'}.{ending}"
