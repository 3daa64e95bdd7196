import { freePorts, type Ports } from "../../../../scripts/local/ports.ts";
import { startStack } from "../../../../scripts/local/stack.ts";

// Starts the embedded stack in a directory and holds it until it is killed. Prints its settings and ports when it is ready.
const [, , dir = "", ports] = process.argv;
const chosen = ports ? (JSON.parse(ports) as Ports) : await freePorts();
const stack = await startStack({ mode: "test", dir, ports: chosen });
console.info(JSON.stringify({ env: stack.env, ports: chosen }));
process.once("SIGTERM", () => void stack.stop());
