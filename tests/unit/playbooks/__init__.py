"""Playbooks without input or output: loader, prompts, tools and rules."""
