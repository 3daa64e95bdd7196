import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

const NODE = join(import.meta.dirname, "../../../node_modules/.bin/node");

/** A program under test that has said it is ready. */
export interface Program<Hello> {
  process: ChildProcess;
  pid: number;
  hello: Hello;
  exited: Promise<number | null>;
}

/** Runs a TypeScript program and waits for the line of JSON with which it says that it is ready. It does not outlive the test. */
export async function runProgram<Hello>(file: string, args: string[], read: (value: unknown) => Hello): Promise<Program<Hello>> {
  const child = spawn(NODE, ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "programs", file), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const line = new Promise<string>((resolve) => createInterface({ input: child.stdout }).once("line", resolve));
  const first = await Promise.race([line, exited]);
  if (typeof first !== "string" || child.pid === undefined) throw new Error(`${file} ended with code ${first} before it was ready.`);
  return { process: child, pid: child.pid, hello: read(JSON.parse(first)), exited };
}
