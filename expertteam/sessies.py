"""Sessions: thirty minutes idle, twelve hours in all, at most five at once; ended when somebody's standing changes."""

import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth import middleware as auth
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends import db
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from expertteam import views
from expertteam.models import Sessie
from expertteam.opnieuw import bevestigd

BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
DEVICES = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Macintosh": "Mac",
           "CrOS": "Chromebook", "Linux": "Linux"}  # fmt: skip


class SessionStore(db.SessionStore):
    """Django's own sessions in the database, in a table that says whose they are and until when."""

    @classmethod
    def get_model_class(cls):
        return Sessie

    def create_model_instance(self, data):
        """A row as it is written: it ends after the idle time, and never later than so long after logging in."""
        now, user = timezone.now(), data.get(SESSION_KEY)
        if not user:  # text that waits for a login
            return super().create_model_instance(data)
        data["gezien"] = now.timestamp()
        sinds = datetime.datetime.fromtimestamp(data.setdefault("sinds", data["gezien"]), datetime.UTC)
        row = super().create_model_instance(data)
        row.user_id, row.sinds, row.gezien, row.browser = user, sinds, now, data.get("browser", "")
        ends = sinds + datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
        row.expire_date = min(now + datetime.timedelta(seconds=settings.SESSION_IDLE), ends)
        return row


class UserMiddleware(auth.AuthenticationMiddleware):
    """Who asks. Whose account went off, or whose second factor changed elsewhere, is nobody any more."""

    def process_request(self, request):
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: who(request))


def who(request):
    """The user of this session, if it still holds; otherwise the session is gone for good."""
    user, session = auth.get_user(request), request.session
    if SESSION_KEY in session:
        if user.is_authenticated and ("factoren" not in session or session["factoren"] == factoren(user)):
            return user
        session.flush()
    return AnonymousUser()


def factoren(user):
    """What somebody's second factor consists of: other rows, another factor. Using it changes nothing here."""
    user.factoren = list(Authenticator.objects.filter(user=user).order_by("pk"))  # the second step asks too
    return [factor.pk for factor in user.factoren]


class SessieMiddleware:
    """Keeps the session up to date, once a minute; shows the door to who has no aanstelling today."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and not request.user.vandaag:
            logout(request)
            return views.give_back(request, "sessies/geen_aanstelling.html", 403)
        key = request.session.session_key
        response = self.get_response(request)
        if request.user.is_authenticated and response.status_code < 500:
            new = request.session.session_key != key  # has just logged in
            keep_up(request, new)
            if new:
                request.session["browser"] = in_plain_words(request.headers.get("User-Agent", ""))
                end_the_oldest(request)
        return response


def keep_up(request, new):
    """Write down that somebody was here, at most once a minute; and what his second factor has become by his hand."""
    session = request.session
    if timezone.now().timestamp() - session.get("gezien", 0) >= settings.SESSION_SEEN:
        session.modified = True
    # It goes on only if its user, seen a moment ago, changed it here: not when somebody else resets it meanwhile
    own = request.method == "POST" and "factoren" in session and (not session["factoren"] or bevestigd(request))
    if new or own:
        now = factoren(request.user)
        if session.get("factoren") != now:
            session["factoren"] = now


def end_the_oldest(request):
    """At most so many at once: the one that began first ends."""
    others = Sessie.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    keep = others.geldig().order_by("-sinds").values_list("pk", flat=True)[: settings.SESSION_MOST - 1]
    others.exclude(pk__in=list(keep)).delete()


def in_plain_words(agent):
    """Firefox op Windows: enough to recognise it, too little to follow somebody."""
    browser = next((name for word, name in BROWSERS.items() if f"{word}/" in agent), "Een browser")
    device = next((name for word, name in DEVICES.items() if word in agent), "")
    return f"{browser} op {device}" if device else browser
