import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { isAlive, signal } from "../../../scripts/local/processes";
import { readRunRecord, takeRunLock } from "../../../scripts/local/run-lock";
import { runProgram, type Program } from "./run-program";

const URL = "http://localhost:3000";
const hello = z.object({ child: z.number() });
let dir: string;

async function holdLock(): Promise<Program<z.infer<typeof hello>>> {
  const program = await runProgram("hold-lock.ts", [dir, URL], (value) => hello.parse(value));
  // In a group of its own, as the stack's children are: it would outlive both.
  onTestFinished(() => signal(program.hello.child, "SIGKILL"));
  return program;
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "sidecar-lock-"));
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

test("a second start is told who runs and where", async () => {
  const first = await holdLock();
  await expect(takeRunLock(dir, "http://localhost:4000")).rejects.toThrow(`Sidecar is already running (pid ${first.pid}) at ${URL}`);
  first.process.kill("SIGKILL");
  await first.exited;
  (await takeRunLock(dir, URL)).release();
});

test("the lock of a killed start is free again, and the child it left behind is ended", async () => {
  const first = await holdLock();
  first.process.kill("SIGKILL");
  await first.exited;
  expect(isAlive(first.hello.child)).toBe(true);

  const lock = await takeRunLock(dir, URL);
  expect(isAlive(first.hello.child)).toBe(false);
  expect(readRunRecord(dir)).toEqual({ pid: process.pid, url: URL, children: [] });
  lock.release();
});

test("a clean end leaves no record and frees the lock", async () => {
  (await takeRunLock(dir, URL)).release();
  expect(readRunRecord(dir)).toBeUndefined();
  (await takeRunLock(dir, URL)).release();
});
