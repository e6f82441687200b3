"""The screens of this room: gemeenten, regio's, gebruikers, and one's own password."""
