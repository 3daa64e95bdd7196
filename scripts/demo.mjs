import { handOver } from "./support/install.mjs";

await handOver("scripts/local/demo.ts");
