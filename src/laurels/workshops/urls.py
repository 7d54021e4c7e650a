from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from laurels.workshops.views import asking, catalogue, desk, imports, money, seats


class MoveConverter(SlugConverter):
    regex = "|".join(desk.MOVES)


register_converter(MoveConverter, "workshop-move")

urlpatterns = [
    path("workshops", catalogue.workshops, name="workshops"),
    path("workshops/<slug:public_id>", catalogue.workshop, name="workshop"),
    path("workshops/<slug:public_id>/seat", seats.seat_in_workshop, name="seat-in-workshop"),
    path("workshops/<slug:public_id>/expectations", asking.expectations, name="expectations"),
    path("workshops/<slug:public_id>/confidence", asking.confidence, name="confidence"),
    path("seats/<slug:public_id>", seats.seat, name="seat"),
    path("seats/<slug:public_id>/calendar.ics", seats.seat_calendar, name="seat-calendar"),
    path("seats/<slug:public_id>/cancellation", seats.seat_cancellation, name="seat-cancellation"),
    path("organisations/<slug:slug>/payouts", money.payouts, name="payouts"),
    path("organisations/<slug:slug>/seat-fees", money.seat_fees, name="seat-fees"),
    path("organisations/<slug:slug>/seat-fees.csv", money.seat_fees_csv, name="seat-fees-csv"),
    path("desk/workshops", desk.workshops, name="desk-workshops"),
    path("desk/workshops/new", desk.new_workshop, name="desk-new-workshop"),
    path("desk/workshops/<slug:public_id>", desk.workshop, name="desk-workshop"),
    path("desk/workshops/<slug:public_id>/details", desk.workshop_details, name="desk-workshop-details"),
    path("desk/workshops/<slug:public_id>/seats", desk.seats, name="desk-seats"),
    path("desk/workshops/<slug:public_id>/cancellation", desk.cancellation, name="desk-cancellation"),
    path("desk/workshops/<slug:public_id>/expectations", asking.class_expectations, name="desk-expectations"),
    path("desk/workshops/<slug:public_id>/confidence", asking.class_confidence, name="desk-confidence"),
    path("desk/workshops/<slug:public_id>/imports", imports.imports, name="desk-imports"),
    path("desk/workshops/<slug:public_id>/imports/<slug:import_id>", imports.attendee_import, name="desk-import"),
    path(
        "desk/workshops/<slug:public_id>/imports/<slug:import_id>/confirmation",
        imports.confirmation,
        name="desk-import-confirmation",
    ),
    path(
        "desk/workshops/<slug:public_id>/imports/<slug:import_id>/removal", imports.removal, name="desk-import-removal"
    ),
    path("desk/workshops/<slug:public_id>/<workshop-move:noun>", desk.move, name="desk-move"),
]
