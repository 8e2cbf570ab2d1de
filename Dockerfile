FROM python:3.12-slim

# Without this torch starts a thread for each core and a room full of students gets slower, not faster.
ENV OMP_NUM_THREADS=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1

RUN useradd --create-home --uid 1000 app
WORKDIR /app

COPY requirements.txt .
RUN pip install "$(grep '^torch==' requirements.txt)" && pip install -r requirements.txt

COPY --chown=app:app . .
USER 1000
EXPOSE 8501

HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]

CMD ["streamlit", "run", "dashboard.py", "--server.address", "0.0.0.0", "--server.headless", "true"]
