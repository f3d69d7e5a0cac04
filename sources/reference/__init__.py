"""Exchange rates, prices, and the figures shipped with Amur."""
