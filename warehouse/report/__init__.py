"""The report for editors: static pages made from the published database, without a server, a network or tracking."""
