from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from laurels.workshops.views import (
    after,
    asking,
    bookings,
    catalogue,
    choices,
    desk,
    feeds,
    imports,
    money,
    places,
    queue,
    reminding,
    seats,
    selling,
)


class MoveConverter(SlugConverter):
    regex = "|".join(desk.MOVES)


register_converter(MoveConverter, "workshop-move")

urlpatterns = [
    path("workshops", catalogue.workshops, name="workshops"),
    path("workshops/<slug:public_id>", catalogue.workshop, name="workshop"),
    path("workshops/<slug:public_id>/seat", bookings.seat_in_workshop, name="seat-in-workshop"),
    path("workshops/<slug:public_id>/expectations", asking.expectations, name="expectations"),
    path("workshops/<slug:public_id>/confidence", asking.confidence, name="confidence"),
    path("courses/<slug:slug>/calendar.ics", feeds.course_feed, name="course-feed"),
    path("embed/<slug:slug>/dates", feeds.embedded_dates, name="embedded-dates"),
    path("embed/<slug:slug>/dates.json", feeds.embedded_data, name="embedded-data"),
    path("organisations/<slug:slug>/embedding", feeds.embedding, name="embedding"),
    path("organisations/<slug:slug>/reminders", reminding.plan, name="reminder-plan"),
    path("bookings/<slug:public_id>", bookings.booking, name="booking"),
    path("bookings/<slug:public_id>/places/<slug:place_id>", bookings.booking_place, name="booking-place"),
    path(
        "bookings/<slug:public_id>/places/<slug:place_id>/cancellation", places.cancellation, name="place-cancellation"
    ),
    path("bookings/<slug:public_id>/places/<slug:place_id>/move", places.move, name="place-move"),
    path("courses/<slug:slug>/queue", queue.course_queue, name="queue"),
    path("queue-places/<slug:public_id>/leaving", queue.leaving, name="queue-leaving"),
    path("offers/<slug:key>", queue.offer, name="offer"),
    path("seats/<slug:public_id>", seats.seat, name="seat"),
    path("seats/<slug:public_id>/calendar.ics", seats.seat_calendar, name="seat-calendar"),
    path("seats/<slug:public_id>/cancellation", after.cancellation, name="seat-cancellation"),
    path("seats/<slug:public_id>/move", after.move, name="seat-move"),
    path("seats/<slug:public_id>/substitute", after.substitution, name="seat-substitute"),
    path("choices/<slug:secret>", choices.choice, name="choice"),
    path("desk/queues/<slug:provider>/<slug:course>", queue.desk_queue, name="desk-queue"),
    path("desk/queues/<slug:provider>/<slug:course>.csv", queue.desk_table, name="desk-queue-table"),
    path("organisations/<slug:slug>/payouts", money.payouts, name="payouts"),
    path("organisations/<slug:slug>/seat-fees", money.seat_fees, name="seat-fees"),
    path("organisations/<slug:slug>/seat-fees/settlement", money.settlement, name="seat-fees-settlement"),
    path("organisations/<slug:slug>/seat-fees.csv", money.seat_fees_csv, name="seat-fees-csv"),
    path("desk/workshops", desk.workshops, name="desk-workshops"),
    path("desk/workshops/new", desk.new_workshop, name="desk-new-workshop"),
    path("desk/workshops/<slug:public_id>", desk.workshop, name="desk-workshop"),
    path("desk/workshops/<slug:public_id>/details", desk.workshop_details, name="desk-workshop-details"),
    path("desk/workshops/<slug:public_id>/sale", selling.sale, name="desk-sale"),
    path("desk/coupons/<slug:slug>", selling.coupons, name="coupons"),
    path("desk/coupons/<slug:slug>/<slug:public_id>/withdrawal", selling.coupon_withdrawal, name="coupon-withdrawal"),
    path("desk/workshops/<slug:public_id>/seats", desk.seats, name="desk-seats"),
    path("desk/workshops/<slug:public_id>/cancellation", desk.cancellation, name="desk-cancellation"),
    path("desk/workshops/<slug:public_id>/expectations", asking.class_expectations, name="desk-expectations"),
    path("desk/workshops/<slug:public_id>/confidence", asking.class_confidence, name="desk-confidence"),
    path("desk/workshops/<slug:public_id>/joining", reminding.joining, name="desk-joining"),
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
