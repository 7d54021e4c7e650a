from laurels.renewals.queries.drafts import DraftPage, draft_page
from laurels.renewals.queries.groups import GroupPage, group_page
from laurels.renewals.queries.impact import Change, Impact, impact
from laurels.renewals.queries.nightly import Member, ending_count, ending_terms, members, quotes
from laurels.renewals.queries.offers import Choice, CountedLine, Offer, holding, offer, offers, rules_of

__all__ = [
    "Change",
    "Choice",
    "CountedLine",
    "DraftPage",
    "GroupPage",
    "Impact",
    "Member",
    "Offer",
    "draft_page",
    "ending_count",
    "ending_terms",
    "group_page",
    "holding",
    "impact",
    "members",
    "offer",
    "offers",
    "quotes",
    "rules_of",
]
