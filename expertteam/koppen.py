"""The headers of every answer: pages, files, errors, redirects, and what is said when nothing else works any more."""

import logging

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpResponse

# every power that a browser of today names
OFF = """accelerometer aria-notify attribution-reporting autoplay bluetooth browsing-topics camera
captured-surface-control clipboard-read clipboard-write compute-pressure cross-origin-isolated deferred-fetch
deferred-fetch-minimal digital-credentials-create digital-credentials-get display-capture encrypted-media
fullscreen gamepad geolocation gyroscope hid identity-credentials-get idle-detection interest-cohort
join-ad-interest-group keyboard-map language-detector language-model local-fonts local-network
local-network-access loopback-network magnetometer media-playback-while-not-visible microphone midi
on-device-speech-recognition otp-credentials payment picture-in-picture private-aggregation
private-state-token-issuance private-state-token-redemption publickey-credentials-create
publickey-credentials-get run-ad-auction screen-wake-lock serial shared-storage speaker-selection storage-access
summarizer sync-xhr translator usb web-share window-management xr-spatial-tracking"""
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in OFF.split()),
}
SEALED = {  # a download, and nothing else, whatever a browser makes of it
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
STUK = "Er ging iets mis. Dat ligt aan ons, niet aan jou. Probeer het over een paar minuten opnieuw."


class KoppenMiddleware:
    """Whatever answers, and however it fails, goes out through here."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request):
        try:
            response = self.get_response(request)
        except Exception:  # the page for an error failed as well
            logging.getLogger("django.request").exception("no page for the error")
            response = HttpResponse(STUK, status=500, content_type="text/plain; charset=utf-8")
        for name, value in ALWAYS.items():
            response[name] = value
        response.setdefault("Content-Security-Policy", self.policy)  # a download has a stricter one
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response["Strict-Transport-Security"] = (
                f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
            )
        if response.status_code >= 300 and response.status_code != 304 or not is_static(request):
            response["Cache-Control"] = "no-store"
        if has_left(request, response):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response


def is_static(request):
    return request.path_info.startswith(settings.STATIC_URL)


def has_left(request, response):
    """This answer ends a login: nothing of it stays in the browser."""
    match = request.resolver_match
    return bool(match) and match.url_name == "account_logout" and response.status_code == 302
