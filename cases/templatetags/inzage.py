"""What stands above a dossier that somebody sees with a reason."""

from django import template
from django.db.models.functions import Now

from cases.models import InzageMetReden
from cases.roles import Role, who_sees
from schools.models import Rol

register = template.Library()


@register.filter
def ziet(obj, part):
    """Does the user that this was fetched for see this part of it?"""
    return not obj.roles.isdisjoint(who_sees(part))


@register.filter
def geeft(obj, user):
    """Does this user answer a request for it?"""
    mine = {Role.OS, Role.COORDINATOR} | ({Role.REDEN} if Rol.COORDINATOR in user.rollen else set())
    return not obj.roles.isdisjoint(mine)


@register.inclusion_tag("cases/_met_reden.html", takes_context=True)
def met_reden(context, obj):
    """Until when, and why; nothing for who works in the dossier."""
    if obj.roles != {Role.REDEN}:
        return {"reden": None}
    open_ = InzageMetReden.objects.filter(door=context["user"], dossier=obj.dossier_id, tot__gt=Now())
    return {"reden": open_.order_by("-tot").first()}
