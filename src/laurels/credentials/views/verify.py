"""Is this certificate genuine? By number and name, by file, by link."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from laurels.credentials import queries
from laurels.credentials.forms import FileForm, LinkForm, NumberForm
from laurels.credentials.queries import Judged
from laurels.people.doors import Request

type Ways = dict[str, NumberForm | FileForm | LinkForm]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: Request) -> HttpResponse:
    """The same answer for a number that was never given and for one with another name."""
    ways = _ways(request)
    chosen = ways.get(_chosen(request))
    judged = _judge(chosen, request) if chosen is not None and chosen.is_valid() else None
    context = {**ways, "judged": judged}
    return render(request, "credentials/pages/verify.html", context, status=422 if chosen and chosen.errors else 200)


def _ways(request: Request) -> Ways:
    by, asked = _chosen(request), request.GET.get("q", "")
    return {
        "number": NumberForm(request.POST if by == "number" else None, initial={"number": asked[:60]}),
        "file": FileForm(request.POST, request.FILES) if by == "file" else FileForm(),
        "link": LinkForm((request.POST if request.method == "POST" else {"link": asked}) if by == "link" else None),
    }


def _chosen(request: Request) -> str:
    """Which of the three ways is asked for; ``?q=`` may bring a link, or a number that wants its name."""
    if request.method == "POST":
        return request.POST.get("by", "")
    return "link" if "://" in request.GET.get("q", "") else ""


def _judge(form: NumberForm | FileForm | LinkForm, request: Request) -> Judged | None:
    values = form.cleaned_data
    if "file" in values:
        return queries.judge_content(values["file"].read(), request.now)
    if "link" in values:
        judged = queries.judge_link(values["link"].strip(), request.now)
        message = _("No certificate lies there. Links of this site begin like the address of this page.")
    else:
        judged = queries.judge_number(values["number"], values["name"], request.now)
        message = _("No certificate has this number and this name together. Compare both with the certificate.")
    if judged is None:
        form.add_error(None, message)
    return judged
