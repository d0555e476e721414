"""How a status looks, and hours as people read them."""

from django import template

from cases.models.contact import OP_OFFERTE
from cases.roles import Role
from cases.tempo import uren
from cases.wijzer import wijzer

register = template.Library()
register.filter(uren)

# state: tone, icon. The label is the state's own.
LOOKS = {
    "concept": ("grijs", "pencil-fill"),
    "ingediend": ("blauw", "circle-fill"),
    "opgepakt": ("paars", "chat-left-fill"),
    "gestart": ("groen", "play-fill"),
    "voorbereiding": ("paars", "chat-left-fill"),
    "lopend": ("groen", "play-fill"),
    "waarnemen": ("groen", "play-fill"),
    "begrijpen": ("groen", "play-fill"),
    "plannen": ("groen", "play-fill"),
    "uitvoeren": ("groen", "play-fill"),
    "evaluatie": ("blauw", "record-circle"),
    "afgerond": ("kaal", "check-lg"),
    "afgesloten": ("kaal", "check-lg"),
    "ingetrokken": ("kaal", "x-lg"),
    "gestopt": ("kaal", "x-lg"),
    "doorgezet": ("grijs", "file-text-fill"),
    "gevraagd": ("blauw", "circle-fill"),
    "uitgebracht": ("geel", "question-lg"),
    "akkoord": ("paars", "check-lg"),
    "niet_akkoord": ("kaal", "x-lg"),
    "in_uitvoering": ("groen", "play-fill"),
    "vervallen": ("kaal", "x-lg"),
}


@register.inclusion_tag("components/_status.html")
def status(aanmelding, traject=None):
    """The one status of a dossier: an open question first, else that of the traject, else of the aanmelding."""
    if aanmelding.vraag_open:
        return look("geel", "question-lg", "Vraag aan school")
    if (
        traject
        and aanmelding.state in {"opgepakt", "gestart"}
        and not (traject.state == "gestopt" and aanmelding.state == "opgepakt")
    ):
        return look(*LOOKS[traject.state], traject.get_state_display())
    return look(*LOOKS[aanmelding.state], aanmelding.get_state_display())


@register.inclusion_tag("components/_status.html")
def van_offerte(offerte):
    if offerte.verlopen:
        return look("rood", "clock-fill", "Verlopen")
    return look(*LOOKS[offerte.state], offerte.get_state_display())


@register.inclusion_tag("cases/_wijzer.html")
def offerte_of_uren(a):
    """At triage, for who decides: the onderwijsspecialist and the ambulant begeleider."""
    shown = a.state == "opgepakt" and {Role.OS, Role.AB} & a.roles
    return {"wijzer": wijzer(a.niveau, a.soort, a.thema) if shown else None}


@register.filter
def op_offerte(reason):
    """Is this the refusal that says that it goes on an offerte?"""
    return reason == OP_OFFERTE


@register.inclusion_tag("components/_status.html")
def wacht_lang():
    return look("rood", "clock-fill", "Wacht lang")


@register.inclusion_tag("components/_status.html")
def einddatum_voorbij():
    return look("rood", "clock-fill", "Einddatum voorbij")


def look(tone, icon, label):
    return {"toon": tone, "icoon": f"bs_icon/{icon}.svg", "label": label}


@register.filter
def euro(cents):
    """Cents as people read them: 135000 is € 1.350,00."""
    return f"€\u00a0{cents // 100:,}".replace(",", ".") + f",{cents % 100:02}"


@register.filter
def staaf(value, most):
    """The length of a bar in whole units of 400: never a number with a comma."""
    return min(400, int(400 * float(value) / float(most))) if most else 0


CHOSEN = "de ambulant begeleider die je kiest"


@register.simple_tag(takes_context=True)
def bericht(context, step, obj):
    """Says beforehand to whom a mail goes: the people who have the role now, but for who reads this."""
    people = {user for role in step.tells for user in obj.RELATIONS[role].people(obj)} - {context.get("user")}
    names = sorted(str(user) for user in people)
    names += [CHOSEN] if "ab" in step.tells and {"ab", "uitvoerder"} & set(step.asks) else []
    if step.name == "soort_wijzigen":
        names.append("bij complex ook het team van ambulant begeleiders")
    if not names:
        return "Er gaat geen e-mail uit."
    who = " en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"Een e-mail gaat naar: {who}."
