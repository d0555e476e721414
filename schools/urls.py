from django.urls import path

from schools import views

urlpatterns = [path("hulp/", views.hulp, name="hulp")]
