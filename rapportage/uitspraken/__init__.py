"""Sentences of a report and the figures they rest on. Pure, no Django.

`maat` is the language of a binding, `ontleden` finds the bindings in a text, `meten` counts what a maat asks for in a bag of
facts, `woorden` knows what a quantifier claims, `toetsen` holds text and figures together, `zinnen` drafts a sentence.
"""
