"""Did the caller say yes, to what was asked, and to nothing less?"""
