from django.urls import path

from laurels.credentials.views import body, certificates, experience, invitations, member, published, verify

app_name = "credentials"

CERTIFICATE = "certificates/<slug:public_id>"
CERTIFICATION = "body/certifications/<slug:number>"
INVITATION = "body/invitations/<slug:public_id>"
EXPERIENCE = "experience/<slug:public_id>"

urlpatterns = [
    path("verify", verify.verify, name="verify"),
    path(CERTIFICATE, certificates.certificate, name="certificate"),
    # Whoever adds .json to a certificate's address, as `laurels verify` does, gets its document.
    path(f"{CERTIFICATE}.json", published.credential, name="certificate-json"),
    path(f"{CERTIFICATE}/certificate.pdf", certificates.certificate_pdf, name="certificate-pdf"),
    path(f"{CERTIFICATE}/qr.svg", certificates.qr, name="certificate-qr"),
    path(f"{CERTIFICATE}/badge.png", certificates.badge_png, name="badge-png"),
    path(f"{CERTIFICATE}/badge.svg", certificates.badge_svg, name="badge-svg"),
    path("credentials/<slug:public_id>.json", published.credential, name="credential"),
    path("status/<slug:public_id>", published.status_list, name="status-list"),
    path("status/<slug:public_id>/<slug:kind>", published.status_list, name="status-list-of"),
    path("orgs/<slug:slug>/did.json", published.did, name="did"),
    path("achievements/<slug:body>/<slug:scheme>", published.achievement, name="achievement"),
    path("invitations/pending", invitations.pending, name="pending-invitation"),
    path("invitations/<slug:secret>", invitations.invitation, name="invitation"),
    path("invitations/<slug:secret>/letter", invitations.another_letter, name="another-letter"),
    path("invitations/<slug:secret>/sign-in", invitations.sign_in_first, name="sign-in-first"),
    path("certifications", member.certifications, name="certifications"),
    path("me/certifications", member.my_certifications, name="my-certifications"),
    path("experience", experience.experience, name="experience"),
    path("experience/lines", experience.lines, name="experience-lines"),
    path(f"{EXPERIENCE}/withdrawal", experience.withdrawal, name="experience-withdrawal"),
    path(f"{EXPERIENCE}/answer", experience.answer, name="experience-answer"),
    path("body/experience", experience.queue, name="experience-queue"),
    path(f"body/{EXPERIENCE}/ruling", experience.ruling, name="experience-ruling"),
    path("body/certifications", body.certifications, name="register"),
    path(CERTIFICATION, body.certification, name="certification"),
    path(f"{CERTIFICATION}/revocation", body.revocation, name="revocation"),
    path(f"{CERTIFICATION}/suspension", body.suspension, name="suspension"),
    path(f"{CERTIFICATION}/reinstatement", body.reinstatement, name="reinstatement"),
    path(f"{CERTIFICATION}/name", body.name, name="name"),
    path("body/invitations", body.invitations, name="invitations"),
    path(f"{INVITATION}/resending", body.resending, name="resending"),
    path(f"{INVITATION}/withdrawal", body.withdrawal, name="withdrawal"),
]
