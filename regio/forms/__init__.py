"""Forms of the pages of people, municipalities and regions."""
