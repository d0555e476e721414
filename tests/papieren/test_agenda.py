"""An invitation that every calendar understands, and that names no leerling."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as post
from icalendar import Calendar

from cases.agenda import uitnodiging
from expertteam.verzenden import verstuur

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
AFSPRAAK = {
    "uid": "9b7e@expertteam.example.org", "volgnr": 0, "minuten": 90, "wat": "OT-overleg obs De Berg",
    "begin": datetime.datetime(2026, 3, 26, 13, 0, tzinfo=datetime.UTC), "waar": "De Berg, lokaal 3",
    "van": "aanmeldpunt@example.org", "aan": ["sam@example.org", "abel@example.org"],
}  # fmt: skip


def gelezen(**anders):
    """The calendar and its only event, as another program reads them."""
    agenda = Calendar.from_ical(uitnodiging(**AFSPRAAK | anders))
    (event,) = agenda.walk("VEVENT")
    return agenda, event


def test_it_is_read_as_it_was_meant():
    agenda, event = gelezen()
    assert (agenda["METHOD"], agenda["VERSION"], agenda["PRODID"]) == ("REQUEST", "2.0", "-//Expertteam//NL")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"], event["CLASS"]) == (
        AFSPRAAK["uid"], 0, "CONFIRMED", "PRIVATE",
    )  # fmt: skip
    assert (event["SUMMARY"], event["LOCATION"]) == ("OT-overleg obs De Berg", "De Berg, lokaal 3")
    assert "DESCRIPTION" not in event
    assert event["ORGANIZER"] == "mailto:aanmeldpunt@example.org"
    assert event["ATTENDEE"] == ["mailto:sam@example.org", "mailto:abel@example.org"]
    assert {guest.params["RSVP"] for guest in event["ATTENDEE"]} == {"TRUE"}
    assert event["DTSTART"].params["TZID"] == event["DTEND"].params["TZID"] == "Europe/Amsterdam"
    assert event["DTSTART"].dt == datetime.datetime(2026, 3, 26, 14, 0, tzinfo=AMSTERDAM)
    assert event["DTEND"].dt == datetime.datetime(2026, 3, 26, 15, 30, tzinfo=AMSTERDAM)


def test_one_guest_is_a_guest_too():
    assert gelezen(aan=["sam@example.org"])[1]["ATTENDEE"] == "mailto:sam@example.org"


def test_what_is_off_says_so_about_the_same_appointment():
    agenda, event = gelezen(volgnr=2, vervallen=True)
    assert (agenda["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
    assert event["UID"] == gelezen()[1]["UID"]


def test_its_own_timezone_is_that_of_the_netherlands():
    (zone,) = gelezen()[0].walk("VTIMEZONE")
    theirs = zone.to_tz(lookup_tzid=False)
    hours = [
        datetime.datetime(year, 1, 1) + datetime.timedelta(hours=7 * n) for year in (2026, 2036) for n in range(1250)
    ]
    assert zone.tz_name == "Europe/Amsterdam"
    assert [hour for hour in hours if theirs.utcoffset(hour) != AMSTERDAM.utcoffset(hour)] == []
    assert {b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"} == {
        part["RRULE"].to_ical() for part in zone.subcomponents
    }  # without an end


def test_an_appointment_in_a_short_night_takes_as_long_as_it_takes():
    _, event = gelezen(begin=datetime.datetime(2026, 3, 29, 1, 30, tzinfo=AMSTERDAM), minuten=60)
    assert event["DTEND"].dt == datetime.datetime(2026, 3, 29, 3, 30, tzinfo=AMSTERDAM)


def test_a_moment_without_a_timezone_is_no_moment():
    with pytest.raises(ValueError, match="naive"):
        uitnodiging(**AFSPRAAK | {"begin": datetime.datetime(2026, 3, 26, 13, 0)})


@pytest.mark.parametrize("wat", ["één; twee, drie\\vier " + "é" * 200, "kop\nATTENDEE:mailto:x@example.org", "😀" * 60])
def test_no_text_becomes_a_line_of_its_own_and_no_line_is_too_long(wat):
    whole = uitnodiging(**AFSPRAAK | {"wat": wat})
    assert max(len(line) for line in whole.split(b"\r\n")) <= 75
    _, event = gelezen(wat=wat)
    assert (event["SUMMARY"], len(event["ATTENDEE"])) == (wat, 2)


def test_an_address_with_a_line_in_it_is_refused():
    with pytest.raises(ValueError, match="CR or LF"):
        uitnodiging(**AFSPRAAK | {"aan": ["sam@example.org\r\nATTENDEE:mailto:x@example.org"]})


@pytest.mark.parametrize(("vervallen", "method"), [(False, "REQUEST"), (True, "CANCEL")])
def test_a_mail_can_carry_it(vervallen, method):
    agenda = uitnodiging(**AFSPRAAK | {"vervallen": vervallen})
    verstuur("een", "sam@example.org", "Uitnodiging", "Kom je?\n", agenda)
    verstuur("twee", "a@b.nl", "Los", "Tekst\n")
    invited, plain = post.outbox
    text, calendar = invited.message().get_payload()
    assert (text.get_content_type(), text.get_payload()) == ("text/plain", "Kom je?\n")
    assert (calendar.get_content_type(), calendar.get_param("method"), calendar.get_param("charset")) == (
        "text/calendar", method, "utf-8",
    )  # fmt: skip
    sent = Calendar.from_ical(calendar.get_payload(decode=True))
    assert sent.to_ical() == Calendar.from_ical(agenda).to_ical()
    assert (plain.message().get_content_type(), plain.body, plain.to) == ("text/plain", "Tekst\n", ["a@b.nl"])
    assert plain.from_email == "aanmeldpunt@example.org"
