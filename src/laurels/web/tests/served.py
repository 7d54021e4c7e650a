"""Settings and pages for the tests of serving: what a browser sends comes back as Django understood it."""

import hashlib
import tempfile
import time

from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from laurels.web.settings import *  # noqa: F403

ROOT_URLCONF = "laurels.web.tests.served"
DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
LISTENERS = 50
closed = []


@csrf_exempt
def echo(request, **_):
    return JsonResponse(
        {
            "method": request.method,
            "path": request.path,
            "query": request.GET.dict(),
            "fields": request.POST.dict(),
            "files": {
                name: [file.name, file.size, hashlib.sha256(file.read()).hexdigest()]
                for name, file in request.FILES.items()
            },
            "body": len(request.body) if not request.FILES and not request.POST else -1,
            "headers": dict(request.headers),
            "cookies": request.COOKIES,
            "remote": request.META["REMOTE_ADDR"],
            "scheme": request.scheme,
            "server": [request.META["SERVER_NAME"], request.META["SERVER_PORT"], request.META["SERVER_PROTOCOL"]],
            "at": request.get_host(),
        }
    )


def cookies(request):
    response = HttpResponse("two")
    response.set_cookie("one", "1")
    response.set_cookie("two", "2")
    return response


def slowly(request):
    def pieces():
        try:
            for number in range(int(request.GET["pieces"])):
                yield f"{number}\n"
                time.sleep(0.05)
        finally:
            closed.append(request.GET["name"])

    return StreamingHttpResponse(pieces(), content_type="text/plain")


def half(request):
    def pieces():
        yield "half of it"
        raise RuntimeError("broke off")

    return StreamingHttpResponse(pieces())


def file(request):
    kept = tempfile.TemporaryFile()  # noqa: SIM115
    kept.write(b"0123456789" * 100_000)
    kept.seek(0)
    return FileResponse(kept, filename="digits.txt", as_attachment=True)


def told_closed(request):
    return JsonResponse(closed, safe=False)


def boom(request):
    raise RuntimeError("a bug in a page")


def nothing(request):
    return HttpResponse(status=204)


urlpatterns = [
    path("echo", echo),
    path("echo/<path:rest>", echo),
    path("cookies", cookies),
    path("slowly", slowly),
    path("half", half),
    path("file", file),
    path("closed", told_closed),
    path("boom", boom),
    path("nothing", nothing),
]
