"""An appointment for somebody's own calendar (iCalendar). It leaves the system, so it names no leerling."""

from datetime import UTC, timedelta

from django.utils import timezone
from icalendar import Calendar, Event, Timezone, vCalAddress

# the rule itself, not the list of days that the library makes of it: that one ends in 2038
AMSTERDAM = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
END:DAYLIGHT
END:VTIMEZONE
"""


def uitnodiging(uid, volgnr, begin, minuten, wat, waar, van, aan, vervallen=False):
    """An invitation by mail address (`van` one, `aan` several), or that it is off. The caller's words name nobody.

    The same `uid` with a higher `volgnr` changes the appointment that is there already.
    """
    event = afspraak(uid, volgnr, begin, wat, waar, minuten)
    event.add("status", "CANCELLED" if vervallen else "CONFIRMED")
    event.add("organizer", vCalAddress(f"mailto:{van}"))
    for adres in aan:
        asked = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
        event.add("attendee", vCalAddress(f"mailto:{adres}"), parameters=asked)
    return geheel("CANCEL" if vervallen else "REQUEST", event)


def afspraak(uid, volgnr, begin, wat, waar, minuten=None):
    """One appointment; without minutes it takes the day `begin`."""
    event = Event()
    event.add("uid", uid)
    event.add("sequence", volgnr)
    event.add("dtstamp", timezone.now())
    if minuten:
        event.add("dtstart", timezone.localtime(begin))
        end = begin.astimezone(UTC) + timedelta(minutes=minuten)
        event.add("dtend", timezone.localtime(end))  # also in a short night
    else:
        event.add("dtstart", begin)
    event.add("summary", wat)
    event.add("location", waar)
    event.add("class", "PRIVATE")
    return event


def geheel(method, *events):
    """The whole calendar, as a file."""
    agenda = Calendar()
    agenda.add("prodid", "-//Expertteam//NL")
    agenda.add("version", "2.0")
    agenda.add("method", method)
    agenda.add_component(Timezone.from_ical(AMSTERDAM))
    for event in events:
        agenda.add_component(event)
    return agenda.to_ical()
