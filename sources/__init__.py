"""What is out there, and how to read it. Knows no database, clock or environment."""
