"""Twilio: calls over Media Streams and ConversationRelay, webhooks that are checked, and the REST interface."""
