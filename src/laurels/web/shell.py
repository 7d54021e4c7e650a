"""What the shell template needs on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"mode": settings.MODE, "public_url": settings.PUBLIC_URL, "debug_components": settings.DEBUG}
