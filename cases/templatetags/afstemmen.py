"""That it is time for an afstemming again, for who leads it."""

from django import template

from cases.afstemmen import kringen, met_afstemming, te_lang_geleden

register = template.Library()


@register.inclusion_tag("cases/_afstemmen.html")
def tijd_voor_afstemming(user, kalender):
    return {"afstemmen": te_lang_geleden(met_afstemming(kringen(user, leads=True)), kalender)}
