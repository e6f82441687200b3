"""Django's rules for passwords, in Dutch where its own translation stops, and knowing our field for a person's name."""

from django.contrib.auth import password_validation


class Lengte(password_validation.MinimumLengthValidator):
    def get_error_message(self):
        return f"Dit wachtwoord is te kort: gebruik minstens {self.min_length} tekens."


class Gelijkenis(password_validation.UserAttributeSimilarityValidator):
    DEFAULT_USER_ATTRIBUTES = ("username", "naam", "email")

    def __init__(self):
        super().__init__(user_attributes=self.DEFAULT_USER_ATTRIBUTES)

    def get_error_message(self):
        return "Dit wachtwoord lijkt te veel op de naam, de gebruikersnaam of het e-mailadres."
