from django.urls import path

from laurels.audits.views import member, staff

app_name = "audits"

urlpatterns = [
    path("audits", member.audits, name="mine"),
    path("audits/<slug:public_id>", member.audit, name="audit"),
    path("audits/<slug:public_id>/answer", member.answer, name="answer"),
    path("audits/<slug:public_id>/entries/<int:pk>/appeal", member.appeal, name="appeal"),
    path("body/audits", staff.audits, name="queue"),
    path("body/past-audits", staff.past, name="past"),
    path("body/audits/<slug:public_id>", staff.audit, name="ruling-page"),
    path("body/audits/<slug:public_id>/entries/<int:pk>/ruling", staff.ruling, name="ruling"),
    path("body/audits/<slug:public_id>/appeals/<int:pk>/settlement", staff.settlement, name="settlement"),
    path("body/audits/<slug:public_id>/evidence/<slug:file_id>", staff.evidence, name="evidence"),
]
