# syntax=docker/dockerfile:1
# Two images from one file: `app` serves Next's standalone output; `worker` runs the job worker, the migrations and the other scripts.

FROM node:24-bookworm-slim AS base
WORKDIR /srv/sidecar
ENV NEXT_TELEMETRY_DISABLED=1

# The packages alone, so that a change of the source does not install them again. The schema is part of it: installing generates the client.
FROM base AS packages
COPY package.json package-lock.json .npmrc prisma.config.ts ./
COPY prisma/schema prisma/schema
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund

FROM base AS production-packages
COPY package.json package-lock.json .npmrc prisma.config.ts ./
COPY prisma/schema prisma/schema
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --no-audit --no-fund

FROM packages AS build
COPY . .
# Inlined into the browser's script: an image belongs to one bucket.
ARG NEXT_PUBLIC_S3_BUCKET_NAME_IMAGES
ARG NEXT_PUBLIC_S3_PUBLIC_URL
# The build evaluates the modules that check the settings, but connects to nothing: these are placeholders, and none is kept in the image.
RUN NEXT_OUTPUT=standalone \
    APP_ENV=test \
    DATABASE_URL=postgresql://build@localhost/build \
    BETTER_AUTH_SECRET=placeholder-for-the-build-and-nothing-else \
    BETTER_AUTH_URL=http://localhost:3000 \
    CRON_SECRET=placeholder-for-the-build-and-nothing-else \
    AWS_ACCESS_KEY_ID=build AWS_SECRET_ACCESS_KEY=build AWS_ENDPOINT_URL_S3=http://localhost:9000 \
    SMTP_URL=smtp://localhost:1025 \
    npm run build

FROM base AS app
ENV NODE_ENV=production HOSTNAME=0.0.0.0 PORT=3000
COPY --from=build --chown=node:node /srv/sidecar/.next/standalone ./
COPY --from=build --chown=node:node /srv/sidecar/.next/static .next/static
COPY --from=build --chown=node:node /srv/sidecar/public public
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
    CMD ["node", "-e", "fetch('http://127.0.0.1:3000/api/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server.js"]

FROM base AS worker
ENV NODE_ENV=production
COPY --from=production-packages --chown=node:node /srv/sidecar/node_modules node_modules
COPY --from=production-packages --chown=node:node /srv/sidecar/prisma/generated prisma/generated
COPY --chown=node:node package.json tsconfig.json ./
COPY --chown=node:node lib lib
COPY --chown=node:node prisma prisma
COPY --chown=node:node scripts scripts
USER node
# tsx itself, not npm: it passes the signal to stop on to the worker.
CMD ["node_modules/.bin/tsx", "--import", "./scripts/support/server-runtime.mjs", "scripts/worker.ts"]
