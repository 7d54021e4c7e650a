from laurels.education.models.claims import Claim, ClaimCode
from laurels.education.models.ledger import LedgerEntry, LedgerEntryQuerySet
from laurels.education.models.proofs import Cosigning, Evidence

__all__ = ["Claim", "ClaimCode", "Cosigning", "Evidence", "LedgerEntry", "LedgerEntryQuerySet"]
