from django.urls import path

from laurels.community.views import conduct, conversations, members, own, staff

app_name = "community"

MEMBER = "members/<slug:public_id>"
CONVERSATION = "conversations/<slug:public_id>"
CASE = "body/reports/<slug:public_id>"

urlpatterns = [
    path("members", members.directory, name="directory"),
    path(MEMBER, members.profile, name="member"),
    path(f"{MEMBER}/message", conversations.first_message, name="first-message"),
    path(f"{MEMBER}/block", members.block, name="block"),
    path("me/profile", own.profile, name="own-profile"),
    path("me/profile/preview", own.preview, name="preview"),
    path("me/profile/publication", own.publication, name="publication"),
    path("me/profile/withdrawal", own.withdrawal, name="withdrawal"),
    path("me/blocks", own.blocks, name="blocks"),
    path("me/blocks/<slug:public_id>/removal", own.block_removal, name="block-removal"),
    path("me/rulings/<slug:public_id>", own.ruling, name="own-ruling"),
    path("me/rulings/<slug:public_id>/appeal", own.appeal, name="appeal"),
    path("conversations", conversations.conversations, name="conversations"),
    path(CONVERSATION, conversations.conversation, name="conversation"),
    path(f"{CONVERSATION}/messages", conversations.messages, name="messages"),
    path(f"{CONVERSATION}/block", conversations.block, name="conversation-block"),
    path("code-of-conduct", conduct.code, name="code-of-conduct"),
    path("reports/<slug:kind>/<slug:subject>", conduct.report, name="report"),
    path("body/reports", staff.reports, name="reports"),
    path(CASE, staff.case, name="case"),
    path(f"{CASE}/rulings", staff.rulings, name="rulings"),
    path(f"{CASE}/rulings/<slug:ruling>/lifting", staff.lifting, name="lifting"),
    path(f"{CASE}/appeals/<int:pk>/settlement", staff.settlement, name="settlement"),
]
