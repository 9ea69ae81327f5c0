# Built with everything, run with little: the second stage has no sources, no development packages and no rights.
FROM node:20-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:20-alpine
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/config config
USER node
# The folder with ptg-tracker.yaml is mounted here.
WORKDIR /work
ENTRYPOINT ["node", "/app/dist/cli/main.js"]
CMD ["worker", "--health-host", "0.0.0.0", "--health-port", "9100"]
