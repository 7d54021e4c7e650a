from django.urls import path

from laurels.education.views import claims, ledger, proving, tickets

ENTRY = "ledger/entries/<slug:public_id>"

urlpatterns = [
    path("ledger", ledger.ledger, name="ledger"),
    path("ledger/entries", ledger.entries, name="ledger-entries"),
    path(ENTRY, proving.entry, name="ledger-entry"),
    path(f"{ENTRY}/correction", ledger.correction, name="ledger-correction"),
    path(f"{ENTRY}/reversal", ledger.reversal, name="ledger-reversal"),
    path(f"{ENTRY}/evidence", proving.evidence, name="ledger-evidence"),
    path(f"{ENTRY}/cosignings", proving.cosignings, name="ledger-cosignings"),
    path("ledger/evidence/<slug:public_id>", proving.file, name="evidence-file"),
    path("ledger/claims", claims.claims, name="claims"),
    path("cosignings/<slug:secret>", proving.cosigning, name="cosigning"),
    path("desk/claim-codes", claims.codes, name="claim-codes"),
    path("desk/claim-codes/<slug:public_id>/closing", claims.closing, name="claim-code-closing"),
    path("tickets/<slug:secret>", tickets.ticket, name="ticket"),
]
