from allauth.account import views as account
from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path

from expertteam import demo, views

admin.site.login = secure_admin_login(admin.site.login)  # one way in, for the beheerder too
admin.site.site_header = admin.site.site_title = "Expertteam · beheer"
admin.site.index_title = "Beheer"

urlpatterns = [
    path("inloggen/", account.login, name="account_login"),
    path("inloggen/uit/", account.account_inactive, name="account_inactive"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("wachtwoord/", account.password_reset, name="account_reset_password"),
    path("wachtwoord/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path("wachtwoord/klaar/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^wachtwoord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("inloggen/nieuw/", login_not_required(views.niet_gevonden), name="account_signup"),  # allauth asks its address
    path("demo/", demo.demo, name="demo"),
    path("verder/", views.verder, name="verder"),
    path("beheer/", admin.site.urls),
    path("", include("schools.urls")),
    path("", include("cases.urls")),
]
if settings.DEBUG:  # in the demo too a wrong address gets our page
    urlpatterns.append(re_path(r"^.*/$", login_not_required(views.niet_gevonden), name="niet_gevonden"))
handler400, handler403 = "expertteam.views.te_groot", "expertteam.views.mag_niet"
handler404, handler500 = "expertteam.views.niet_gevonden", "expertteam.views.fout"
