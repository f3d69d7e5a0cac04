"""News outlets and official announcements."""
