"""The pages beside the main way: each holds before axe, at two widths, in light and dark."""

import pytest

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser

PUBLIC = {
    "/demo": "stage-door",
    "/sign-in": "sign-in",
    "/courses/cspo": "course",
    "/programmes/cspo": "scheme",
    "/policies/SA-2024": "policy",
    "/post-office": "post-office",
    "/organisations/harbour-product-school": "organisation",
}
STAFF = {
    "/desk/workshops/new": "new-workshop",
    "/me": "me",
    "/organisations/harbour-product-school/people": "people",
    "/organisations/harbour-product-school/orders": "orders",
}
BODY = {"/body": "body-home", "/body/certifications": "register", "/body/invitations": "invitation-queue"}


def test_what_strangers_staff_and_the_body_see_beside_the_way(eyes: Eyes) -> None:
    walk(eyes, PUBLIC)
    eyes.enter("Sam Okafor")
    walk(eyes, STAFF)
    eyes.press("Sign out")
    eyes.enter("Bo Almeida")
    walk(eyes, BODY)


def walk(eyes: Eyes, pages: dict[str, str]) -> None:
    for path, name in pages.items():
        eyes.go(path)
        eyes.look(name)
