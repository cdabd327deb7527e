"""A Twilio with a telephone at its end, for tests and for calling a server of one's own without a number.

It asks a server what to do with a call, opens the media stream that the TwiML names, speaks, listens, presses keys and
hangs up as a script says, and keeps what was really played. Nothing of it leaves this machine unless the server is
elsewhere:

    script = Script().wait_for_silence(1).say(sound).wait_for_silence(2).hang_up()
    record = await call(SimulatedCall(script), "http://127.0.0.1:8080", Account(sid, token))
    record.write_wav(Path("call.wav"))

`simulated` says what a call can be told, `script` what the caller can do, `faults` and `wire` what can go wrong.
"""
