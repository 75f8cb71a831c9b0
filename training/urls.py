from django.urls import path

from training.views import events, registrations

app_name = "training"

urlpatterns = [
    path("pendaftaran/<int:pk>/", registrations.registration_detail, name="registration_detail"),
    # After the fixed addresses: a slug is a word as well.
    path("<slug:slug>/", events.event_detail, name="event_detail"),
]
