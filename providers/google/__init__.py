"""Google's services: Gemini, and a loopback Gemini for development and tests."""
