from django.urls import path

from cases.views import aanmelding, bekend, beoordelen, bijlage, dossier, inzage, kring, lijsten, uren

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
    path("aanmelding/<uuid:pk>/bijlage/<uuid:bijlage>/", bijlage.bijlage, name="bijlage"),
    path("aanmelding/<uuid:pk>/bijlage/<uuid:bijlage>/weg/", bijlage.bijlage_weg, name="bijlage_weg"),
    path(
        "aanmelding/<uuid:pk>/bijlage/<uuid:bijlage>/akkoord-intrekken/",
        bijlage.akkoord_intrekken,
        name="akkoord_intrekken",
    ),
    path("aanmelding/<uuid:pk>/bekend/", bekend.bekend, name="bekend"),
    path("aanmelding/<uuid:pk>/inzage/", inzage.inzage, name="inzage"),
    path("inzage/met-reden/", inzage.met_reden, name="met_reden"),
    path("inzage/beoordelen/", beoordelen.beoordelen, name="beoordelen"),
    path("<slug:kind>/<uuid:pk>/", dossier.detail, name="detail"),
    path("<slug:kind>/<uuid:pk>/<slug:name>/", dossier.step, name="step"),
]
