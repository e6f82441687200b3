"""Addresses of uitkomsten and report; the round itself is the inspection's."""

from django.urls import path

from rapportage import views

urlpatterns = [
    path("rondes/<slug:slug>/uitkomsten/", views.uitkomsten, name="uitkomsten"),
    path("rondes/<slug:slug>/uitkomsten/<str:code>/", views.uitkomst_vraag, name="uitkomst_vraag"),
    path("rondes/<slug:slug>/rapport/", views.rapport, name="rapport"),
    path("rondes/<slug:slug>/rapport.pdf", views.rapport_pdf, name="rapport_pdf"),
    path("rondes/<slug:slug>/rapport/<int:pk>/", views.passage, name="passage"),
]
