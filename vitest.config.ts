import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

export default defineConfig({
  resolve: {
    alias: {
      "@": root,
      // Throws outside a React server; here everything is the server.
      "server-only": path.join(root, "node_modules/server-only/empty.js"),
    },
  },
  test: {
    environment: "node",
    restoreMocks: true,
    reporters: ["default"],
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["tests/unit/**/*.test.ts?(x)", "tests/architecture/**/*.test.ts"] },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts?(x)"],
          globalSetup: ["tests/support/database.ts"],
          setupFiles: ["tests/support/local-stack.ts", "tests/support/integration-setup.ts"],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        // Against AWS_ENDPOINT_URL_S3 where that is set (npm run test:storage), else the embedded store.
        test: {
          name: "storage",
          include: ["tests/storage/**/*.test.ts"],
          setupFiles: ["tests/storage/endpoint.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
