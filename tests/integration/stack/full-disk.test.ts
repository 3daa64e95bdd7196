import { expect, test } from "vitest";
import { runChild } from "../../../scripts/local/children";
import { explain, Failure } from "../../../scripts/local/failure";
import { makeThrowaway, removeThrowaway } from "../../../scripts/local/throwaway";

const SENTENCE = "The disk is full: free some space and start again, nothing that was saved before is lost.";

test("a full disk is one sentence, whoever notices it", async () => {
  const dir = await makeThrowaway();
  try {
    const failing = runChild("build", ["node", "-e", "console.error('write ENOSPC: no space left'); process.exit(1)"], {}, dir);
    await expect(failing.catch(explain)).resolves.toBe(SENTENCE);
    expect(explain(Object.assign(new Error("write failed"), { code: "ENOSPC" }))).toBe(SENTENCE);
    expect(explain(new Error("database or disk is full"))).toBe(SENTENCE);
  } finally {
    removeThrowaway(dir);
  }
});

test("a program that fails is named, with the end of its output", async () => {
  const dir = await makeThrowaway();
  try {
    const failing = runChild("seed", ["node", "-e", "console.error('no such course'); process.exit(3)"], {}, dir);
    await expect(failing).rejects.toThrow(/^seed failed \(code 3\).*\nno such course$/s);
    await expect(failing).rejects.toBeInstanceOf(Failure);
  } finally {
    removeThrowaway(dir);
  }
});
