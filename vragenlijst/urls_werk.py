"""Addresses of Mijn werk and of planning."""

from django.urls import path

from vragenlijst.views import planning, werk

urlpatterns = [
    path("werk/", werk.mijn_werk, name="mijn_werk"),
    path("dossiers/<int:pk>/interviews/nieuw/", planning.interview_nieuw, name="interview_nieuw"),
    path("interviews/<int:pk>/wijzigen/", planning.interview_wijzigen, name="interview_wijzigen"),
]
