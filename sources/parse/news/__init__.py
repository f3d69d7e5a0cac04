"""What articles say: pages read, entities found, topics, copies, dated events and figures; all of it pure."""
