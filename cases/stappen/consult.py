"""Of a consult and a route: what the system fills in."""

from schools.models import vandaag


def beantwoord(c, user, part):
    c.beantwoord_op = vandaag()
