"""What people write, as text: Markdown, web addresses, reading age, places in it."""
