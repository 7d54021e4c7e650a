"""Pure decisions about packs and policies. Other stages use what is named here."""

from laurels.programmes.rules.contents import Pack
from laurels.programmes.rules.letters import LETTERS
from laurels.programmes.rules.loading import why_not_load
from laurels.programmes.rules.parameters import Level, Parameters, parameters, term_months
from laurels.programmes.rules.problems import PackProblems, Problem
from laurels.programmes.rules.reading import read_pack
from laurels.programmes.rules.words import policy_in_words

__all__ = [
    "LETTERS",
    "Level",
    "Pack",
    "PackProblems",
    "Parameters",
    "Problem",
    "parameters",
    "policy_in_words",
    "read_pack",
    "term_months",
    "why_not_load",
]
