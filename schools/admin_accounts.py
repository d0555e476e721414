"""Who can log in: the beheerder invites people, and helps who lost the phone."""

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages

from expertteam import mail
from schools.models import HerstelTweedeFactor, User


class NooitWeg:
    """What dossiers or DUO point at is closed or switched off, never deleted."""

    def has_delete_permission(self, request, obj=None):
        return False


class PersoonForm(forms.ModelForm):
    def clean_email(self):
        return self.cleaned_data["email"].lower()


@admin.register(User)
class UserAdmin(NooitWeg, admin.ModelAdmin):
    """Everybody chooses a password by himself, with the link of the invitation."""

    form = PersoonForm
    fields = ["email", "voornaam", "achternaam", "telefoon", "organisatie", "is_active"]
    list_display = ["__str__", "email", "organisatie", "is_active"]
    list_filter = ["organisatie", "is_active"]
    search_fields = ["voornaam", "achternaam", "email"]
    actions = ["opnieuw_uitnodigen"]

    def get_readonly_fields(self, request, obj=None):
        return ["is_active"] if obj == request.user else []  # the last one would shut himself out

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            mail.invite(obj)
        elif "email" in form.changed_data:  # the old address hears of it: it may be somebody else's work
            mail.tell("ander_adres", obj, adres=form.initial["email"])

    @admin.action(description="Opnieuw uitnodigen")
    def opnieuw_uitnodigen(self, request, queryset):
        """A new link for who has no password yet; the earlier link is void."""
        for user in queryset:
            if user.has_usable_password() or not user.is_active:
                self.message_user(request, f"{user} {self.waarom_niet(user)}", messages.WARNING)
                continue
            user.set_unusable_password()
            user.save(update_fields=["password"])
            mail.invite(user)
            self.message_user(request, f"{user} krijgt een e-mail met een nieuwe link.")

    def waarom_niet(self, user):
        """Why somebody gets no invitation, and what to do first."""
        if not user.is_active:
            return "kan niet inloggen. Zet eerst ‘kan inloggen’ aan."
        return "heeft al een wachtwoord. Vergeten? Dan vraagt deze persoon zelf een nieuw aan op de inlogpagina."


class HerstelForm(forms.ModelForm):
    door = None  # who is logged in

    def clean_voor(self):
        voor = self.cleaned_data["voor"]
        if voor == self.door:
            raise forms.ValidationError("Je kunt dit niet voor jezelf doen. Vraag het aan een andere beheerder.")
        if not Authenticator.objects.filter(user=voor).exists():
            raise forms.ValidationError(f"{voor} heeft de tweede stap nog niet aangezet. Er is niets te herstellen.")
        return voor


@admin.register(HerstelTweedeFactor)
class HerstelAdmin(NooitWeg, admin.ModelAdmin):
    """Take away the second step of somebody else who lost the phone; after that it can only be read."""

    form = HerstelForm
    fields = ["voor", "waarom"]
    list_display = ["voor", "door", "op", "waarom"]
    list_select_related = ["voor", "door"]
    autocomplete_fields = ["voor"]

    def has_change_permission(self, request, obj=None):
        return False

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.door = request.user
        return form

    def save_model(self, request, obj, form, change):
        obj.door = request.user
        super().save_model(request, obj, form, change)
        Authenticator.objects.filter(user=obj.voor).delete()
        for user in [obj.voor, obj.door]:
            mail.tell("tweede_stap_weg", user, voor=obj.voor, door=obj.door)
