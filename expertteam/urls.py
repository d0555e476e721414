from allauth.account import views as account
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import path

from expertteam import views

admin.site.login = secure_admin_login(admin.site.login)  # one way in, for the beheerder too
admin.site.site_header = admin.site.site_title = "Expertteam · beheer"
admin.site.index_title = "Beheer"

urlpatterns = [
    path("inloggen/", account.login, name="account_login"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("verder/", views.verder, name="verder"),
    path("beheer/", admin.site.urls),
]
handler403, handler404, handler500 = "expertteam.views.mag_niet", "expertteam.views.niet_gevonden", "expertteam.views.fout"
