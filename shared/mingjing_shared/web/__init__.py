"""What every web process has: the page around the content, errors, headers, health, paging."""
