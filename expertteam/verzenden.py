"""One mail leaves, and when it does not: why, in a word that the beheerder understands."""

import re
import smtplib
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from expertteam.models import NietVerstuurd
from expertteam.wachtrij import Mislukt

Waarom = NietVerstuurd.Waarom


def opgemaakt(templates, **about):
    """(subject, text) of a mail from templates/mail/; its first line is the subject."""
    subject, _, text = render_to_string(templates, about).partition("\n\n")
    return " ".join(subject.split()), text.strip() + "\n"


def bericht(sleutel, aan, subject, text, agenda=None):
    """One mail to one person. The same `sleutel` gives the same Message-ID: who gets it twice shows it once."""
    domain = urlsplit(settings.BASE_URL).hostname
    headers = {"Message-ID": f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'{domain}/{sleutel}')}@{domain}>"}
    message = EmailMultiAlternatives(subject, text, None, [aan], headers=headers)
    if agenda:
        method = re.search(rb"^METHOD:(\w+)", agenda, re.M)[1].decode()
        message.attach_alternative(agenda.decode(), f"text/calendar; method={method}")
    return message


def verstuur(*about):
    """Send it, or say why it did not leave."""
    message = bericht(*about)
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        raise Mislukt(*waarom(error)) from error


def waarom(error):
    """(why, whether asking again is of no use) of what the mail server said."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return Waarom.ADRES, all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Waarom.INLOG, False  # of all mails, and ours to mend
    if isinstance(error, smtplib.SMTPResponseException):
        return (Waarom.GEWEIGERD, True) if error.smtp_code >= 500 else (Waarom.DRUK, False)
    return Waarom.WEG, False
