"""Addresses that are there only when the installation logs in through its organisation (settings: OIDC_…)."""

from django.urls import path

from inspectie import oidc

urlpatterns = [
    path("inloggen/organisatie/", oidc.oidc_begin, name="oidc_begin"),
    path("inloggen/organisatie/terug/", oidc.oidc_terug, name="oidc_terug"),
]
