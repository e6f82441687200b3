"""Addresses of Mijn werk and of planning."""

from django.urls import path

from vragenlijst.views import agenda, planning, werk

urlpatterns = [
    path("werk/", werk.mijn_werk, name="mijn_werk"),
    path("werk/agenda.ics", agenda.mijn_agenda, name="mijn_agenda"),
    path("dossiers/<int:pk>/interviews/nieuw/", planning.interview_nieuw, name="interview_nieuw"),
    path("interviews/<int:pk>/wijzigen/", planning.interview_wijzigen, name="interview_wijzigen"),
    path("interviews/<int:pk>/agenda.ics", agenda.interview_agenda, name="interview_agenda"),
]
