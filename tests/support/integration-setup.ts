import { afterAll, afterEach, beforeEach, expect, vi } from "vitest";
// First: it puts this file's database, store and mailbox into the environment before any of the app's modules reads it.
import "./local-stack";
import { closeQueue } from "@/lib/clients/queue";
import { db } from "@/lib/db";

// A console.error that a test did not expect is a failure that nobody would read.
beforeEach(() => {
  vi.spyOn(console, "error");
});

afterEach(() => {
  expect(vi.mocked(console.error).mock.calls).toEqual([]);
});

afterAll(async () => {
  await closeQueue();
  await db.$disconnect();
});
