from django.urls import path

from laurels.people.views import me, organisations, sign_in

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/<slug:public_id>", sign_in.sign_in_proof, name="sign-in-proof"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("me", me.me, name="me"),
    path("me/addresses", me.addresses, name="addresses"),
    path("me/addresses/<slug:public_id>/primary", me.primary_address, name="primary-address"),
    path("me/addresses/<slug:public_id>/removal", me.address_removal, name="address-removal"),
    path("me/proofs/<slug:public_id>", me.address_proof, name="address-proof"),
    path("me/proofs/<slug:public_id>/merge", me.merges, name="merge"),
    path("organisations/<slug:slug>", organisations.organisation, name="organisation"),
    path("organisations/<slug:slug>/people", organisations.organisation_people, name="organisation-people"),
    path(
        "organisations/<slug:slug>/roles/<slug:public_id>/revocation",
        organisations.role_revocation,
        name="role-revocation",
    ),
    path(
        "organisations/<slug:slug>/invitations/<slug:public_id>/withdrawal",
        organisations.role_invitation_withdrawal,
        name="role-invitation-withdrawal",
    ),
    path("role-invitations/<slug:secret>", organisations.role_invitation, name="role-invitation"),
]
