from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from laurels.gatherings.views import boards, groups, hosting, public


class RecordConverter(SlugConverter):
    regex = "md|csv|json"


register_converter(RecordConverter, "record-file")

TABLE = "gatherings/<slug:public_id>/tables/<int:number>"

urlpatterns = [
    path("gatherings", public.gatherings, name="gatherings"),
    path("gatherings.ics", public.feed, name="gatherings-feed"),
    path("gatherings/new", hosting.new_gathering, name="new-gathering"),
    path("gatherings/<slug:public_id>", public.gathering, name="gathering"),
    path("gatherings/<slug:public_id>/calendar.ics", public.calendar, name="gathering-calendar"),
    path("gatherings/<slug:public_id>/record.<record-file:kind>", public.export, name="gathering-record"),
    path("gatherings/<slug:public_id>/signups", public.signups, name="gathering-signups"),
    path("gatherings/<slug:public_id>/door", public.door, name="gathering-door"),
    path("gatherings/<slug:public_id>/tickets", boards.tickets, name="gathering-tickets"),
    path("gatherings/<slug:public_id>/host", hosting.host, name="gathering-host"),
    path("gatherings/<slug:public_id>/details", hosting.details, name="gathering-details"),
    path("gatherings/<slug:public_id>/hosts", hosting.hosts, name="gathering-hosts"),
    path("gatherings/<slug:public_id>/opening", hosting.opening, name="gathering-opening"),
    path("gatherings/<slug:public_id>/tables", hosting.tables, name="gathering-tables"),
    path(f"{TABLE}/visits", hosting.visit, name="gathering-visit"),
    path(
        "gatherings/<slug:public_id>/tables/<int:number>/topics/<int:topic>/drafts", hosting.drafts, name="topic-draft"
    ),
    path("gatherings/<slug:public_id>/extension", hosting.extension, name="gathering-extension"),
    path("gatherings/<slug:public_id>/harvest", hosting.harvest, name="gathering-harvest"),
    path("gatherings/<slug:public_id>/closing", hosting.closing, name="gathering-closing"),
    path("gatherings/<slug:public_id>/cancellation", hosting.cancellation, name="gathering-cancellation"),
    path("signups/<slug:public_id>", public.signup, name="signup"),
    path("signups/<slug:public_id>/calendar.ics", public.signup_calendar, name="signup-calendar"),
    path("signups/<slug:public_id>/cancellation", public.cancellation, name="signup-cancellation"),
    path("signups/<slug:public_id>/presence", public.presence, name="signup-presence"),
    path("follow-ups/<slug:public_id>", hosting.follow_up, name="follow-up"),
    path("series/<slug:public_id>", public.series, name="series"),
    path("series/<slug:public_id>/calendar.ics", public.series_feed, name="series-feed"),
    path("series/<slug:public_id>/end", hosting.series_end, name="series-end"),
    path("groups", groups.groups, name="groups"),
    path("groups/new", groups.new_group, name="new-group"),
    path("groups/<slug:public_id>", groups.group, name="group"),
    path("groups/<slug:public_id>/calendar.ics", groups.feed, name="group-feed"),
    path("groups/<slug:public_id>/details", groups.details, name="group-details"),
    path("groups/<slug:public_id>/membership", groups.membership, name="group-membership"),
    path("groups/<slug:public_id>/organisers", groups.organisers, name="group-organisers"),
    path("groups/<slug:public_id>/helps", groups.helps, name="group-helps"),
    path("boards/new", boards.new_board, name="new-board"),
    path("boards/<slug:public_id>", boards.board, name="board"),
    path("boards/<slug:public_id>/record.<record-file:kind>", boards.record, name="board-record"),
    path("boards/<slug:public_id>/keeping", boards.keeping, name="board-keeping"),
]
