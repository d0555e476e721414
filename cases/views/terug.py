"""Pages with buttons for steps of several objects: after such a step one comes back to the page."""

from django.urls import Resolver404, resolve

PAGES = {"overleggen", "vergaderen"}


def waar_vandaan(request, obj=None):
    """The address of the page that this step was taken from (at this object), or "": never one outside the product."""
    said = request.POST.get("terug") or request.GET.get("terug", "")
    try:
        known = resolve(said).url_name in PAGES
    except Resolver404:
        return ""
    place = f"#{obj.dossier_id}" if obj and obj.dossier_id else ""
    return said + place if known else ""
