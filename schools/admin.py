"""The beheerder keeps schools, teams and people here, and sees no dossier."""

from django import forms
from django.contrib import admin

from schools.admin_accounts import NooitWeg
from schools.models import (
    Aanstelling,
    Expertteam,
    Kring,
    School,
    Schoolbestuur,
    Schooljaar,
    Vakantie,
    stel_aan,
)


class ScholenInline(NooitWeg, admin.TabularInline):
    """Shown with the team; the team is chosen at the school."""

    model = School
    fields = readonly_fields = ["brin6", "plaats", "gesloten_op"]
    extra = 0
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Schoolbestuur)
class SchoolbestuurAdmin(NooitWeg, admin.ModelAdmin):
    list_display = ["nummer", "naam"]
    search_fields = ["nummer", "naam"]


@admin.register(Kring)
class KringAdmin(admin.ModelAdmin):
    search_fields = ["naam"]


@admin.register(Expertteam)
class ExpertteamAdmin(admin.ModelAdmin):
    list_display = ["naam", "kring"]
    list_select_related = ["kring"]
    search_fields = ["naam"]
    inlines = [ScholenInline]


@admin.register(School)
class SchoolAdmin(NooitWeg, admin.ModelAdmin):
    list_display = ["naam", "brin6", "plaats", "team", "gesloten_op"]
    list_editable = ["team"]
    list_filter = ["gemeente", "team", ("gesloten_op", admin.EmptyFieldListFilter)]
    list_select_related = ["team"]
    search_fields = ["naam", "brin6", "plaats"]
    autocomplete_fields = ["bestuur"]

    def get_readonly_fields(self, request, obj=None):
        return ["brin6"] if obj else []  # DUO knows the school by it

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "team":
            field.widget = field.widget.widget  # a plain list, without four icons in every row
            field.choices = list(field.choices)  # asked once, not once for every row
        return field


class AanstellingForm(forms.ModelForm):
    actor = None  # who is logged in

    def clean(self):
        given = super().clean()
        if self.actor.pk in {self.instance.user_id, getattr(given.get("user"), "pk", None)}:
            raise forms.ValidationError("Je kunt jezelf geen rol geven of afnemen. Vraag het een andere beheerder.")
        return given


@admin.register(Aanstelling)
class AanstellingAdmin(NooitWeg, admin.ModelAdmin):
    """Rights of people: given to others only, ended with a date, and never removed."""

    form = AanstellingForm
    list_display = ["user", "rol", "plaats", "van", "tot"]
    list_filter = ["rol"]
    list_select_related = ["user", "school", "team", "kring"]
    search_fields = ["user__voornaam", "user__achternaam", "user__email"]
    autocomplete_fields = ["user", "school", "team", "kring"]

    def get_readonly_fields(self, request, obj=None):
        return ["user", "rol", "school", "team", "kring", "van"] if obj else []  # another role: another aanstelling

    def get_form(self, request, *args, **kwargs):
        form = super().get_form(request, *args, **kwargs)
        form.actor = request.user
        return form

    def save_model(self, request, obj, form, change):
        stel_aan(obj)

    @admin.display(description="waar")
    def plaats(self, aanstelling):
        return aanstelling.school or aanstelling.team or aanstelling.kring or "overal"


@admin.register(Schooljaar)
class SchooljaarAdmin(NooitWeg, admin.ModelAdmin):
    list_display = ["__str__", "laatste_nummer"]

    def get_readonly_fields(self, request, obj=None):
        return ["begin", "laatste_nummer"] if obj else ["laatste_nummer"]


@admin.register(Vakantie)
class VakantieAdmin(admin.ModelAdmin):
    """What the schools of a regio do not have school on; "wacht" and the end date of licht are counted with it."""

    list_display = ["naam", "regio", "van", "tot"]
    list_filter = ["regio"]
    search_fields = ["naam"]
