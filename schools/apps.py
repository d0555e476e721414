from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "schools"

    def ready(self):
        from schools.models import aanstellen, vervanging

        self.functions = aanstellen.FUNCTIONS + vervanging.FUNCTIONS
