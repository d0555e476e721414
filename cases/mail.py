"""Who hears of a step. A mail holds a number and a link, never a name of a leerling and never a text from a dossier."""

from django.conf import settings
from django.core.mail import send_mass_mail
from django.template.loader import render_to_string


def about(obj, event, step):
    """A mail for everyone with one of the roles of `step.tells` about the step just taken, but not who took it."""
    people = {user for role in step.tells for user in obj.RELATIONS[role].people(obj)}
    people = {*people, *step.also(obj)} - {event.by}
    dossier = getattr(obj, "aanmelding", obj)
    about = {
        "nummer": dossier.nummer or "", "school": dossier.school, "soort": dossier.get_soort_display().lower(),
        "stap": step.label, "wie": event.by,
        "link": f"{settings.BASE_URL}/aanmelding/{dossier.pk}/",
        "start": settings.BASE_URL,
    }  # fmt: skip
    templates = [f"mail/{event.kind}_{event.step}.txt", "mail/stap.txt"]
    mails = []
    for user in sorted(people, key=lambda user: user.email):
        subject, _, text = render_to_string(templates, about | {"voornaam": user.voornaam}).partition("\n\n")
        mails.append((" ".join(subject.split()), text.strip() + "\n", None, [user.email]))
    return mails


def send(mails):
    send_mass_mail(mails)
