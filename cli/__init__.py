"""The `parley` command: each verb is one small file that loads what it needs when it is called."""
