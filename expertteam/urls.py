from allauth.account import views as account
from allauth.account.decorators import secure_admin_login
from allauth.mfa.base import views as stap
from allauth.mfa.recovery_codes import views as noodcodes
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from expertteam import accounts, demo, mijn_post, mijn_sessies, oidc, post, tweede_stap, views

admin.site.login = secure_admin_login(admin.site.login)  # one way in, for the beheerder too
admin.site.site_header = admin.site.site_title = "Expertteam · beheer"
admin.site.index_title = "Beheer"

urlpatterns = [
    path("inloggen/", account.login, name="account_login"),
    path("inloggen/uit/", account.account_inactive, name="account_inactive"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("wachtwoord/", accounts.ResetView.as_view(), name="account_reset_password"),
    path("wachtwoord/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path("wachtwoord/klaar/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^wachtwoord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("inloggen/nieuw/", login_not_required(views.niet_gevonden), name="account_signup"),  # allauth asks its address
    path("inloggen/nogmaals/", account.reauthenticate, name="account_reauthenticate"),
    path("inloggen/code/", tweede_stap.CodeView.as_view(), name="mfa_authenticate"),
    path(
        "inloggen/code/nogmaals/",
        stap.ReauthenticateView.as_view(template_name="mfa/code_nogmaals.html"),
        name="mfa_reauthenticate",
    ),
    path("tweede-stap/", stap.IndexView.as_view(template_name="mfa/tweede_stap.html"), name="mfa_index"),
    path("tweede-stap/aanzetten/", tweede_stap.ActivateView.as_view(), name="mfa_activate_totp"),
    path("tweede-stap/aan/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_deactivate_totp"),  # it stays on
    path(
        "tweede-stap/noodcodes/",
        noodcodes.ViewRecoveryCodesView.as_view(template_name="mfa/noodcodes.html"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "tweede-stap/noodcodes/nieuw/",
        noodcodes.GenerateRecoveryCodesView.as_view(template_name="mfa/noodcodes_nieuw.html"),
        name="mfa_generate_recovery_codes",
    ),
    path("inloggen/via/", oidc.login, {"provider_id": "oidc"}, name="openid_connect_login"),
    path("inloggen/via/terug/", oidc.terug, {"provider_id": "oidc"}, name="openid_connect_callback"),
    path("mijn/sessies/", mijn_sessies.mijn_sessies, name="mijn_sessies"),
    path("mijn/sessies/einde/", mijn_sessies.sessie_einde, name="sessie_einde"),
    path("mijn/sessies/andere/", mijn_sessies.andere_sessies_einde, name="andere_sessies_einde"),
    path("mijn/post/", mijn_post.mijn_post, name="mijn_post"),
    path("mijn/agenda/", mijn_post.mijn_agenda, name="mijn_agenda"),
    path("post/", post.post, name="post"),
    path("demo/", demo.demo, name="demo"),
    path("verder/", views.verder, name="verder"),
    path("beheer/", admin.site.urls),
    path("", include("schools.urls")),
    path("", include("cases.urls")),
]
if settings.DEBUG:  # in the demo too a wrong address gets our page
    urlpatterns.append(re_path(r"^.*/$", login_not_required(views.niet_gevonden), name="niet_gevonden"))
handler400, handler403 = "expertteam.views.te_groot", "expertteam.views.mag_niet"
handler429 = "expertteam.accounts.te_vaak"  # allauth asks for it
handler404, handler500 = "expertteam.views.niet_gevonden", "expertteam.views.fout"
