"""A recorded call, run again in a fork: under the same model and prompts or others, touching nothing of the call."""
