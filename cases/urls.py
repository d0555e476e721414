from django.urls import path

from cases.views import aanmelding, beoordelen, caseload, dossier, inzage, kring, lijsten, uren, vervanging

urlpatterns = [
    path("", lijsten.start, name="start"),
    path("aanmeldingen/", lijsten.mijn_aanmeldingen, name="mijn_aanmeldingen"),
    path("werklijst/", lijsten.werklijst, name="werklijst"),
    path("vandaag/", uren.vandaag_, name="vandaag"),
    path("uren/", uren.uren, name="uren"),
    path("kring/", kring.kringen, name="kringen"),
    path("zoeken/", lijsten.zoeken, name="zoeken"),
    path("aanmelding/nieuw/", aanmelding.nieuw, name="nieuw"),
    path("aanmelding/<uuid:pk>/beschrijven/", aanmelding.beschrijven, name="beschrijven"),
    path("aanmelding/<uuid:pk>/controleren/", aanmelding.controleren, name="controleren"),
    path("aanmelding/<uuid:pk>/verstuurd/", aanmelding.verstuurd, name="verstuurd"),
    path("aanmelding/<uuid:pk>/bijlage/<uuid:bijlage>/", aanmelding.bijlage, name="bijlage"),
    path("aanmelding/<uuid:pk>/bijlage/<uuid:bijlage>/weg/", aanmelding.bijlage_weg, name="bijlage_weg"),
    path("aanmelding/<uuid:pk>/inzage/", inzage.inzage, name="inzage"),
    path("inzage/met-reden/", inzage.met_reden, name="met_reden"),
    path("inzage/beoordelen/", beoordelen.beoordelen, name="beoordelen"),
    path("vervanging/", vervanging.vervanging, name="vervanging"),
    path("vervanging/einde/", vervanging.einde, name="vervanging_einde"),
    path("caseload/<uuid:pk>/", caseload.caseload, name="caseload"),
    path("<slug:kind>/<uuid:pk>/", dossier.detail, name="detail"),
    path("<slug:kind>/<uuid:pk>/<slug:name>/", dossier.step, name="step"),
]
