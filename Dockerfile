# The image of web, worker and beat alike: docker-compose.yml says which of them a container is.

# The browser's packages, in the versions of package-lock.json. Nothing of Node stays in the image.
FROM node:22.20.0-bookworm-slim AS packages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts

FROM python:3.11.14-slim-bookworm
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# What makes the PDFs; without it the program runs and offers the printed page instead.
RUN apt-get update && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 \
    libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes --only-binary :all: -r requirements/base.txt
COPY . .
COPY --from=packages /build/node_modules node_modules
RUN python -m lscb.assets --no-fetch && rm -rf node_modules \
    && python -m compileall -q lscb performance priorities reviews training \
    && useradd --system --uid 10001 --create-home lscb \
    && install -d -o lscb -g lscb -m 0750 /data
ENV DATA_DIR=/data
USER lscb
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "lscb.wsgi:application", "--config", "python:lscb.web_server", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "8", "--no-control-socket"]
