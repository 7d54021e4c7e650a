"""The product's settings, with one empty page beside the real ones to measure against."""

from laurels.web.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["*"]
MIDDLEWARE = ["benchmarks.urls.Committed", *MIDDLEWARE]  # noqa: F405
