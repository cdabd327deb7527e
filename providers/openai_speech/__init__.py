"""Speech by the protocol of OpenAI's audio API, which several services and local servers speak."""
