"""All that a browser sees. Streamlit lives here and nowhere else."""
