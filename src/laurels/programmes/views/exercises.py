"""The trainer's exercises: found, read, copied, changed, taken along. For everybody else there are none."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.refusal import Refused
from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.programmes import actions, queries
from laurels.programmes.forms import CopyForm, ShelfForm, TextForm, WordsForm
from laurels.programmes.models import Exercise
from laurels.programmes.rules import PackProblems, Problem, reworded


@require_safe
@signed_in
def exercises(request: SignedIn) -> HttpResponse:
    if not request.actor.organisations("trainer"):
        raise Http404
    page = queries.shelf(request.actor, request.GET.get("q", ""), request.GET.get("kind", ""))
    return render(
        request, "programmes/pages/exercises.html", {"page": page, "form": ShelfForm(request.GET, page.kinds)}
    )


@require_safe
@signed_in
def exercise(request: SignedIn, public_id: str) -> HttpResponse:
    exercise = _exercise(request, public_id)
    return _draw(request, exercise, CopyForm(initial={"key": queries.free_key(exercise, request.actor)}))


@require_POST
@signed_in
def copies(request: SignedIn, public_id: str) -> HttpResponse:
    exercise = _exercise(request, public_id)
    form = CopyForm(request.POST)
    if form.is_valid():
        try:
            copy = actions.copy_exercise(exercise, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("This copy is yours. Change what you like."))
            return see_other("programmes:exercise-words", copy.public_id)
    return _draw(request, exercise, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def words(request: SignedIn, public_id: str) -> HttpResponse:
    own = _own(request, public_id)
    form = WordsForm(request.POST or None, own.plan)
    if form.is_valid() and (changed := _changed(request, own, form, reworded(own.text, form.wording()))):
        return see_other("programmes:exercise", changed.public_id)
    return _edit(request, "exercise_words", own, form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def text(request: SignedIn, public_id: str) -> HttpResponse:
    own = _own(request, public_id)
    form = TextForm(request.POST or None, initial={"text": own.text})
    if form.is_valid() and (changed := _changed(request, own, form, form.cleaned_data["text"])):
        return see_other("programmes:exercise", changed.public_id)
    return _edit(request, "exercise_text", own, form)


@require_POST
@signed_in
def withdrawal(request: SignedIn, public_id: str) -> HttpResponse:
    own = actions.withdraw_exercise(_own(request, public_id), by=request.actor, now=request.now)
    messages.success(request, _("“%(title)s” is withdrawn. Rooms that use it keep it.") % {"title": own.title})
    return see_other("programmes:exercises")


@require_safe
@signed_in
def file(request: SignedIn, public_id: str) -> HttpResponse:
    exercise = _exercise(request, public_id)
    return _download(queries.exercise_file(exercise), f"{exercise.key}.toml", "application/toml")


@require_safe
@signed_in
def own_exercises(request: SignedIn) -> HttpResponse:
    if not Exercise.objects.visible_to(request.actor).own_of(request.actor.person_id).newest().exists():
        raise Http404
    name, content = queries.own_pack(request.person)
    return _download(content, name, "application/zip")


def _exercise(request: SignedIn, public_id: str) -> Exercise:
    found = Exercise.objects.visible_to(request.actor).filter(withdrawn_at=None).select_related("body")
    return get_object_or_404(found, public_id=public_id)


def _own(request: SignedIn, public_id: str) -> Exercise:
    own = Exercise.objects.visible_to(request.actor).own_of(request.actor.person_id).filter(withdrawn_at=None)
    return get_object_or_404(own, public_id=public_id)


def _draw(request: SignedIn, exercise: Exercise, form: CopyForm, status: int = 200) -> HttpResponse:
    context = {"page": queries.exercise_page(exercise), "form": form}
    return render(request, "programmes/pages/exercise.html", context, status=status)


def _edit(request: SignedIn, page: str, own: Exercise, form: Form) -> HttpResponse:
    context = {"exercise": own, "form": form, "newer": queries.newer_exercise(own)}
    return render(request, f"programmes/pages/{page}.html", context, status=422 if form.is_bound else 200)


def _changed(request: SignedIn, own: Exercise, form: Form, text: str) -> Exercise | None:
    """The new version, or None with everything that is wrong in the form, where the draft stays."""
    try:
        changed = actions.change_exercise(own, text, by=request.actor, now=request.now)
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        return None
    except PackProblems as found:
        is_text = isinstance(form, TextForm)
        form.add_error(None, [_line(problem) if is_text else problem.message for problem in found.problems])
        return None
    messages.success(request, _("“%(title)s” is saved.") % {"title": changed.title})
    return changed


def _line(problem: Problem) -> str:
    place: dict[str, Any] = {"line": problem.line, "key": problem.key, "message": problem.message}
    if not problem.line:
        return problem.message
    return (_("Line %(line)s, %(key)s: %(message)s") if problem.key else _("Line %(line)s: %(message)s")) % place


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
