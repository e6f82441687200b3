"""Screens: werk (mijn werk), dossier, interview, oordeel (findings, judgements, evidence), rondes, instrument."""
