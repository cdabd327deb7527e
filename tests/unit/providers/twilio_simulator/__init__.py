"""The simulated Twilio and the telephone at its end."""
