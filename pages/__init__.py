"""All that a browser sees. Streamlit lives here and nowhere else."""

import streamlit as st

# A hosted space knows its settings from Streamlit's file of secrets. Limits in core are read from
# the environment as they are imported: only now is early enough.
st.secrets.load_if_toml_exists()
