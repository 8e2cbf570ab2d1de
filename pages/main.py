"""The script that Streamlit runs for each session: the frame, and in it the page."""

from pages.frame import main

main()
