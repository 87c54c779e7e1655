"""Pages of the portal: they work without JavaScript and on a phone."""
