"""What is read of gatherings: pages, calendars, who was there, and what was left."""

from laurels.gatherings.queries.calendar import calendar_file
from laurels.gatherings.queries.doing import (
    emptiest_table,
    forgotten,
    places_taken,
    proposed_split,
    tables_wanted,
    to_be_begun,
    to_be_opened,
    waits_for_tables,
)
from laurels.gatherings.queries.files import (
    Came,
    as_csv,
    as_json,
    as_markdown,
    came_of,
    came_of_board,
    topic_as_article,
)
from laurels.gatherings.queries.memory import (
    Trend,
    offered_again,
    open_follow_ups,
    records,
    topics_in_words,
    trends,
)
from laurels.gatherings.queries.pages import (
    GatheringPage,
    GroupPage,
    HostPage,
    gathering_page,
    gatherings_page,
    group_page,
    groups_page,
    host_page,
    series_page,
)
from laurels.gatherings.queries.presence import Stay, people_in_its_rooms, people_who_came, stays
from laurels.gatherings.queries.words import rhythm_in_words, when_in_words, where_in_words

__all__ = [
    "Came",
    "GatheringPage",
    "GroupPage",
    "HostPage",
    "Stay",
    "Trend",
    "as_csv",
    "as_json",
    "as_markdown",
    "calendar_file",
    "came_of",
    "came_of_board",
    "emptiest_table",
    "forgotten",
    "gathering_page",
    "gatherings_page",
    "group_page",
    "groups_page",
    "host_page",
    "offered_again",
    "open_follow_ups",
    "people_in_its_rooms",
    "people_who_came",
    "places_taken",
    "proposed_split",
    "records",
    "rhythm_in_words",
    "series_page",
    "stays",
    "tables_wanted",
    "to_be_begun",
    "to_be_opened",
    "topic_as_article",
    "topics_in_words",
    "trends",
    "waits_for_tables",
    "when_in_words",
    "where_in_words",
]
