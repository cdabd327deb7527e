"""The built-in cleaner: from what the recogniser heard to what the speaker meant to say."""
