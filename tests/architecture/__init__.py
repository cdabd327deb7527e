"""The house rules, read off the source itself: layout, layers, sizes, errors, settings, documents."""
