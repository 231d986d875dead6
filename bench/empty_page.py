"""The smallest page there is: what any Streamlit page costs before it does anything."""

import streamlit as st

st.write("Nothing to see here.")
