"""Mail, calendars and sheets: what needs neither disk nor network."""
