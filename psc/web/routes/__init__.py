"""What the server answers itself, without Streamlit: files, calendars, signing in, health."""
