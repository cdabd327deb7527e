"""A Gemini that runs on this machine: the wire format of the real one, answers by script.

Point `GOOGLE_GEMINI_BASE_URL` at it to develop and test with neither key nor network:

    python -m providers.google.loopback --port 8090 --latency-ms 300

It serves generateContent, streamGenerateContent?alt=sse, countTokens and the list of models, and refuses
what the real service refuses. Unscripted, it answers by a few fixed rules (see `engine`). A script makes
it say anything, fail or hang; other processes set one over HTTP:

    POST   /loopback/script    {"rules": [{"purpose": "decide", "answers": [{"status": 503}]}]}
    DELETE /loopback/script    back to the fixed rules
    GET    /loopback/requests  what was received, and how each exchange ended
    DELETE /loopback/requests  forget it
"""
