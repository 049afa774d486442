"""Every address of the product."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path, re_path

from lscb import converters, tokens, views, views_drafts, views_history  # noqa: F401  the converter `period`
from lscb.context import BRAND_CSS_PATH

# Of allauth only what people need: nobody signs up, and addresses are changed by the manager. Names are allauth's own.
accounts: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path(BRAND_CSS_PATH.lstrip("/"), views.brand_css, name="brand-css"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("accounts/", include(accounts)),
    path("account/tokens/", tokens.tokens, name="account-tokens"),
    path("account/tokens/revoke/", tokens.revoke_token, name="account-token-revoke"),
    path("account/drafts/", views_drafts.index, name="account-drafts"),
    path("account/drafts/save/", views_drafts.save, name="draft-save"),
    path("account/drafts/discard/", views_drafts.discard, name="draft-discard"),
    path("account/drafts/<int:draft_id>/forget/", views_drafts.forget, name="draft-forget"),
    path("history/<int:event_id>/take-out/", views_history.take_out, name="history-out"),
    path("api/v1/training/", include("training.api_urls")),
    path("api/v1/reviews/", include("reviews.api_urls")),
    path("api/v1/priorities/", include("priorities.api_urls")),
    path("api/v1/", include("performance.api.urls")),
    path("priorities/", include("priorities.urls")),
    path("reviews/", include("reviews.urls")),
    path("training/", include("training.urls")),
    path("", include("performance.urls")),
    path("", include("performance.meeting_urls")),
]

handler400 = "lscb.views.bad_request"
handler403 = "lscb.views.permission_denied"
handler404 = "lscb.views.page_not_found"
handler500 = "lscb.views.server_error"
