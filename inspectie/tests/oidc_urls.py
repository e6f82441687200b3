"""The addresses of an installation with OIDC."""

from inspectie.urls import *  # noqa: F403
from inspectie.urls import urlpatterns as gewone
from inspectie.urls_oidc import urlpatterns as oidc

urlpatterns = [*gewone, *oidc]
