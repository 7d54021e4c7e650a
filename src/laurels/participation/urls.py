from django.urls import path

from laurels.participation.views import attendance, body, decisions, declaration, dossier, participation, roster

app_name = "participation"

DESK = "desk/workshops/<slug:public_id>"
BODY = "body/rosters/<slug:public_id>"
LINE = f"{BODY}/lines/<slug:line_id>"

urlpatterns = [
    path("seats/<slug:public_id>/declaration", declaration.declaration, name="declaration"),
    path(f"{DESK}/attendance", attendance.attendance, name="attendance"),
    path("seats/<slug:public_id>/participation", participation.participation, name="participation"),
    path(f"{DESK}/dossier", dossier.dossier, name="dossier"),
    path(f"{DESK}/dossier.csv", dossier.table, name="dossier-table"),
    path(f"{DESK}/remarks/<slug:remark_id>/answer", dossier.answer, name="answer"),
    path(f"{DESK}/decisions", decisions.decisions, name="decisions"),
    path(f"{DESK}/decisions/throughout", decisions.throughout, name="throughout"),
    path(f"{DESK}/roster", roster.preflight, name="preflight"),
    path(f"{DESK}/roster/signature", roster.signature, name="signature"),
    path("desk/rosters/<slug:public_id>", roster.roster, name="roster"),
    path("desk/rosters/<slug:public_id>/submission", roster.submission, name="submission"),
    path("body/rosters", body.rosters, name="body-rosters"),
    path(BODY, body.roster, name="body-roster"),
    path(f"{BODY}/receipt", body.receipt, name="receipt"),
    path(f"{BODY}/acceptance", body.acceptance, name="acceptance"),
    path(LINE, body.line, name="line"),
    path(f"{LINE}/acceptance", body.line_acceptance, name="line-acceptance"),
    path(f"{LINE}/return", body.line_return, name="line-return"),
]
