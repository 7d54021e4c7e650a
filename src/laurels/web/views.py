"""The few pages that belong to no stage."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from laurels.audits.models import Audit
from laurels.community.models import Case
from laurels.credentials.models import Certification, Experience, Invitation
from laurels.participation.models import Roster
from laurels.people.doors import Request, signed_in
from laurels.people.models import Organisation
from laurels.web.forms import ComponentsForm
from laurels.web.styles import sheet
from laurels.workshops.models import Workshop
from laurels.workshops.queries.prices import asked_for

SHOWN_AT_HOME = 4


@require_safe
def home(request: Request) -> HttpResponse:
    upcoming = Workshop.objects.public().upcoming(request.now).soonest_first()
    shown = upcoming.select_related("course", "provider__billing", "sale").with_seats_filled()[:SHOWN_AT_HOME]
    dates = [(workshop, asked_for(workshop, today=workshop.day_of(request.now))) for workshop in shown]
    return render(request, "web/pages/home.html", {"dates": dates})


@require_safe
@signed_in
def desk(request: Request) -> HttpResponse:
    """Provider staff and trainers begin with their workshops."""
    return redirect("/desk/workshops")


@require_safe
@signed_in
def body(request: Request) -> HttpResponse:
    """The body's queues, each with how much waits in it."""
    bodies = Organisation.objects.bodies().where(request.actor, "staff", "auditor")
    if not bodies:
        raise Http404
    queues = {
        "bodies": bodies,
        "rosters": Roster.objects.received_by(request.actor).unsettled().count(),
        "experience": Experience.objects.told_to(request.actor).waiting().count(),
        "invitations": Invitation.objects.visible_to(request.actor).waiting().count(),
        "audits": Audit.objects.held_by(request.actor).open().exclude(answered_at=None).count(),
        "reports": Case.objects.held_by(request.actor).open().count(),
        "certifications": Certification.objects.given_by(request.actor).count(),
    }
    return render(request, "web/pages/body.html", queues)


@require_safe
def styles(request: HttpRequest, digest: str) -> HttpResponse:
    """All styles in one, to be kept for ever; an older name still gets today's, but only for a moment."""
    all_styles = sheet()
    is_small = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(all_styles.small if is_small else all_styles.plain, content_type="text/css; charset=utf-8")
    if is_small:
        answer.headers["Content-Encoding"] = "gzip"
    is_todays = digest == all_styles.digest
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_todays else "no-cache"
    answer.headers["Vary"] = "Accept-Encoding"
    return answer


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in light and dark, for people and for axe; only while developing."""
    if not settings.DEBUG:
        raise Http404
    wrong = {f"{theme}-email": "ada@" for theme in ("light", "dark")}
    themes = [(theme, ComponentsForm(wrong, prefix=theme)) for theme in ("light", "dark")]
    return render(request, "web/pages/components.html", {"themes": themes})


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers; anything else is a fault."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    private = [
        "/me",
        "/journey",
        "/desk",
        "/body",
        "/conversations",
        "/reports/",
        "/post-office",
        "/invitations/",
        "/role-invitations/",
        "/sign-in",
    ]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("laurels/img/mark.svg"), permanent=True)
