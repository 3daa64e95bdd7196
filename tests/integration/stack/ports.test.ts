import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePorts, portsFor, requireFreePorts } from "../../../scripts/local/ports";

test("a taken port is named, with what wants it and the option that moves it", async () => {
  const ports = await freePorts();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(ports.store, "127.0.0.1", resolve));
  await expect(requireFreePorts(ports, ["app", "store"])).rejects.toThrow(
    `Port ${ports.store}, wanted for the object store, is in use by another program: stop that one, or move the whole stack with --port ${ports.app + 100}.`,
  );
  await new Promise((resolve) => server.close(resolve));
  await expect(requireFreePorts(ports, ["app", "store"])).resolves.toBeUndefined();
});

test("port 3000 keeps the well-known neighbours and every other port moves all of them", () => {
  expect(portsFor(3000)).toEqual({ app: 3000, postgres: 54_329, store: 9100, smtp: 1025, mailbox: 8025 });
  expect(portsFor(3100)).toEqual({ app: 3100, postgres: 54_429, store: 9200, smtp: 1125, mailbox: 8125 });
});

test("every app port leads to five different ports that a user may open", () => {
  for (const app of [1024, 2999, 8080, 14_205, 40_000, 65_535]) {
    const numbers = Object.values<number>({ ...portsFor(app) });
    expect(new Set(numbers).size).toBe(5);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(1024);
    expect(Math.max(...numbers)).toBeLessThan(65_536);
  }
});
