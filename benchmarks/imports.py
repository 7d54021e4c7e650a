"""A roster file of 10,000 lines: read, checked, written. Beside it: the csv module alone on the same bytes."""

import csv
import io

from benchmarks.figures import Row, cpu
from benchmarks.scenery import BENCH, NOW, workshop
from laurels.workshops import actions as workshops


def measure(scale: float) -> list[Row]:
    lines = max(100, int(10_000 * scale))
    content = attendee_file(lines)
    classroom = workshop(capacity=lines)
    listed = []
    reading = cpu(lambda: listed.append(workshops.read_import(classroom, "list.csv", content, by=BENCH, now=NOW)))
    writing = cpu(lambda: workshops.confirm_import(listed[0], by=BENCH, now=NOW))
    assert classroom.seats.count() == lines
    bare = cpu(lambda: list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")))
    total = reading + writing
    return [
        Row(
            f"import of {lines:,} attendee lines",
            f"{total:.1f} s ({reading:.1f} read, {writing:.1f} write)",
            f"csv module alone {bare * 1000:.0f} ms",
            f"×{total / bare:,.0f}",
            "10,000 imported, checked, submitted ≤ 20 s",
        )
    ]


def attendee_file(lines: int) -> bytes:
    """As a spreadsheet saves it: BOM, semicolons, a title row, accents."""
    rows = [f'"Müller, Zoë {n}";zoe{n}@people.example;"Möbel & Söhne; Linz"' for n in range(lines)]
    return ("\ufeffName;E-Mail;Firma\r\n" + "\r\n".join(rows) + "\r\n").encode()
