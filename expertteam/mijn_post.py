"""Mijn mail en agenda: how somebody hears of a step, and the secret address for an own calendar."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from expertteam.models import Agendasleutel
from expertteam.opnieuw import gevoelig
from schools.models import Post, User

KIES = "Kies meteen, één keer per dag, of niet."


class PostForm(forms.ModelForm):
    use_required_attribute = False
    post = forms.ChoiceField(
        label="Wanneer krijg je een mail bij een stap?", choices=Post, widget=forms.RadioSelect,
        error_messages={"required": KIES, "invalid_choice": KIES},
    )  # fmt: skip

    class Meta:
        model = User
        fields = ["post"]


@require_http_methods(["GET", "HEAD", "POST"])
def mijn_post(request):
    """The choice, and whether there is a secret address."""
    form = PostForm(request.POST if request.method == "POST" else None, instance=request.user, label_suffix="")
    if form.is_valid():
        form.save()
        messages.success(request, "Je keuze is opgeslagen.")
        return redirect("mijn_post")
    return toon(request, form)


@gevoelig
@require_POST
def mijn_agenda(request):
    """A new secret address, shown this once; or none any more."""
    if "weg" in request.POST:
        Agendasleutel.objects.filter(wie=request.user).delete()
        messages.success(request, "Het geheime adres werkt niet meer.")
        return redirect("mijn_post")
    adres = settings.BASE_URL + reverse("agenda", args=[Agendasleutel.maak(request.user)])
    return toon(request, PostForm(instance=request.user, label_suffix=""), adres)


def toon(request, form, adres=""):
    sinds = Agendasleutel.objects.filter(wie=request.user).values_list("sinds", flat=True).first()
    return render(request, "post/mijn_post.html", {"form": form, "sinds": sinds, "adres": adres})
