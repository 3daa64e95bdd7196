import { handOver } from "./support/install.mjs";

await handOver("scripts/local/suite/test.ts");
