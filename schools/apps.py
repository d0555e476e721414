from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "schools"

    def ready(self):
        from schools.models import aanstellen, verdelen, vervanging

        self.functions = aanstellen.FUNCTIONS + vervanging.FUNCTIONS + verdelen.FUNCTIONS
