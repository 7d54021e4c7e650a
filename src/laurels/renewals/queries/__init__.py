from laurels.renewals.queries.drafts import DraftPage, beside, digest_of, draft_page
from laurels.renewals.queries.groups import GroupPage, group_page
from laurels.renewals.queries.impact import Change, Impact, add_impact, impact, impact_kept, impact_to_keep
from laurels.renewals.queries.nightly import (
    Member,
    ending_count,
    ending_edges,
    ending_of,
    ending_terms,
    holders,
    members,
    quotes,
)
from laurels.renewals.queries.offers import Choice, CountedLine, Offer, holding, offer, offers, quote_again, rules_of

__all__ = [
    "Change",
    "Choice",
    "CountedLine",
    "DraftPage",
    "GroupPage",
    "Impact",
    "Member",
    "Offer",
    "add_impact",
    "beside",
    "digest_of",
    "draft_page",
    "ending_count",
    "ending_edges",
    "ending_of",
    "ending_terms",
    "group_page",
    "holders",
    "holding",
    "impact",
    "impact_kept",
    "impact_to_keep",
    "members",
    "offer",
    "offers",
    "quote_again",
    "quotes",
    "rules_of",
]
