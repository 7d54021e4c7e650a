"""Pure decisions about packs and policies. Other stages use what is named here."""

from laurels.programmes.rules.contents import Pack, PackExercise, TrainerPack, columns_of_exercise
from laurels.programmes.rules.drafts import StepWords, Wording, read_draft, renamed, reworded, wording, zipped
from laurels.programmes.rules.letters import LETTERS
from laurels.programmes.rules.loading import why_not_load
from laurels.programmes.rules.owning import why_not_bring, why_not_change, why_not_copy, why_not_withdraw
from laurels.programmes.rules.parameters import Level, term_months
from laurels.programmes.rules.prerequisites import Need, Prerequisites, prerequisites
from laurels.programmes.rules.problems import PackProblems, Problem
from laurels.programmes.rules.reading import read_pack
from laurels.programmes.rules.words import policy_in_words

__all__ = [
    "LETTERS",
    "Level",
    "Need",
    "Pack",
    "PackExercise",
    "PackProblems",
    "Prerequisites",
    "Problem",
    "StepWords",
    "TrainerPack",
    "Wording",
    "columns_of_exercise",
    "policy_in_words",
    "prerequisites",
    "read_draft",
    "read_pack",
    "renamed",
    "reworded",
    "term_months",
    "why_not_bring",
    "why_not_change",
    "why_not_copy",
    "why_not_load",
    "why_not_withdraw",
    "wording",
    "zipped",
]
