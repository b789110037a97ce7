# Two lines name the base image, alike, and `pnpm base-image` writes both: with the digest of the index over all platforms, which it asks Docker Hub
# for. No digest stands here yet: no registry was at hand where Node moved to 24.22.1, which keeps no entropy in snapshots (CVE-2026-106074).
# The bundle is plain JavaScript, so the builder makes it on its own platform and emulates nothing.
FROM --platform=$BUILDPLATFORM node:24.22.1-slim AS builder

FROM builder AS bundle
WORKDIR /vera
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml LICENSE ./
COPY packages/accounts/package.json packages/accounts/
COPY packages/audit/package.json packages/audit/
COPY packages/ledger/package.json packages/ledger/
COPY packages/protocol/package.json packages/protocol/
COPY packages/service-kit/package.json packages/service-kit/
COPY packages/slack/package.json packages/slack/
COPY packages/worker/package.json packages/worker/
# Of the root only its `dependencies`, the bundler; of the worker what it runs on.
RUN --mount=type=cache,target=/root/.npm --mount=type=cache,target=/pnpm-store \
    npx --yes pnpm@12.21.0 install --frozen-lockfile --prod --filter vera --filter-prod '@vera/worker...' --store-dir /pnpm-store
COPY scripts scripts
COPY packages packages
# Node reads the maps only when it is told to, which would slow down every cold start.
RUN node scripts/bundle.ts worker && rm dist/worker/*.map

FROM node:24.22.1-slim AS runtime
LABEL org.opencontainers.image.title="Vera's worker" \
      org.opencontainers.image.description="Answers a question in its Slack thread, on Amazon Bedrock AgentCore Runtime" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production
WORKDIR /vera
COPY --from=bundle /vera/dist/worker ./
# A number: AgentCore cannot mount an image of more than 53 layers whose user is a name.
USER 1000
EXPOSE 8080
# The base image's entry point is a shell script; without it Node is the first process, and SIGTERM reaches it.
ENTRYPOINT []
CMD ["node", "main.mjs"]

# `npm install` would choose this package by the machine it runs on, which is the builder's.
FROM builder AS azure-mcp
ARG TARGETARCH
WORKDIR /azure-mcp
RUN case "$TARGETARCH" in \
      arm64) package=linux-arm64 sha256=e0f78b26dbb75b755a5fd35d4add269ef14e8ed251e2d24b798a4f0fd573f0fd ;; \
      amd64) package=linux-x64 sha256=59e49713045a8c78c4915a6368bfc7688e7e9032a74d1fdf6caaa24d05a4dbdb ;; \
      *) echo "Azure MCP is built for arm64 and amd64, not for '$TARGETARCH'." >&2; exit 1 ;; \
    esac && \
    npm pack --silent "@azure/mcp-$package@2.0.5" && \
    echo "$sha256  azure-mcp-$package-2.0.5.tgz" | sha256sum --check && \
    tar --extract --gzip --strip-components=1 --no-same-owner --file "azure-mcp-$package-2.0.5.tgz" && \
    rm ./*.tgz

# Only for `--target with-local-servers`: MCP servers to be started beside the worker. Every cold start pays for them.
FROM runtime AS with-local-servers
USER 0
# .NET speaks TLS through the system's OpenSSL and certificates, and the base image has neither.
RUN apt-get update && \
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends ca-certificates && \
    rm -rf /var/lib/apt/lists/*
COPY --from=azure-mcp /azure-mcp /opt/azure-mcp
# Without this .NET ends at once where ICU is missing.
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 PATH=/opt/azure-mcp/dist:$PATH
USER 1000

# Last, so that it is what a build without `--target` gives.
FROM runtime AS worker
