# The dashboard alone: no tests, no MNIST. Build: docker build -t forward-pass .
# Run: docker run --rm -p 8501:8501 forward-pass
#
# A tag moves, a digest does not; docs/decisions.md says where this one is from. A newer base:
#   docker buildx imagetools inspect python:3.12-slim-bookworm --format '{{.Manifest.Digest}}'
#   docker build --build-arg BASE=python:3.12-slim-bookworm@sha256:... -t forward-pass .
ARG BASE=python:3.12.14-slim-bookworm@sha256:392307d22300de8b5986851a12d9176dfc0fc073e65bf6523ebd7dcbeb23564e
FROM ${BASE}

# One thread for each computation: a room full of students shares the cores better so.
ENV OMP_NUM_THREADS=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    FORWARD_PASS_DATABASE=sqlite:////tmp/forward-pass/rooms.sqlite3

# Where pip may find a CPU build of torch; without it Linux gets the much larger CUDA build.
ARG PIP_EXTRA_INDEX_URL

WORKDIR /app

# All but torch and torchvision is held to its hash; those two come from either index.
COPY requirements*.txt requirements.lock ./
RUN pip install --require-hashes --no-deps -r requirements.lock \
    && pip install "$(grep '^torch==' requirements.txt)" && pip install -r requirements.txt

# What is wanted on top, such as EXTRAS=pretrained,postgres: at exact versions, but not to hashes.
ARG EXTRAS
RUN IFS=,; for extra in ${EXTRAS}; do \
    pip install -c requirements.txt -r "requirements-${extra}.txt" || exit 1; done

COPY dashboard.py ./
COPY .streamlit/ .streamlit/
COPY locale/ locale/
COPY core/ core/
COPY models/ models/
COPY pages/ pages/

RUN useradd --uid 1000 --create-home presenter
USER 1000

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]

CMD ["python", "-m", "streamlit", "run", "dashboard.py", "--server.address=0.0.0.0", "--server.port=8501"]
