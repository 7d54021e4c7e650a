from django.urls import path

from laurels.renewals.views import groups, mine, policies

urlpatterns = [
    path("renewals", mine.renewals, name="renewals"),
    path("renewals/at/<slug:slug>", mine.body_renewals, name="body-renewals"),
    path("renewals/groups", groups.groups, name="renewal-groups"),
    path("renewals/groups/<slug:public_id>", groups.group, name="renewal-group"),
    path("renewals/groups/<slug:public_id>/invoice", groups.bill, name="renewal-group-invoice"),
    path("renewals/<slug:public_id>/end", mine.end, name="renewal-end"),
    path("body/policies", policies.policies, name="body-policies"),
    path("body/policies/<slug:public_id>", policies.draft, name="policy-draft"),
    path("body/policies/<slug:public_id>/preview", policies.preview, name="policy-preview"),
    path("body/policies/<slug:public_id>/effect", policies.effect, name="policy-effect"),
    path("body/policies/<slug:public_id>/dropping", policies.dropping, name="policy-dropping"),
]
