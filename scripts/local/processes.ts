import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * When a process started, in whatever unit the system counts in. Together with the pid it names one process for good: pids are used again.
 * @returns undefined when there is no such process.
 */
export function startedAt(pid: number): string | undefined {
  try {
    if (process.platform === "linux") {
      // The name in the second field may hold spaces and brackets; the start time is the 20th field after it.
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" ? undefined : fields[19];
    }
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", stdio: "pipe" }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process runs; with `start` (from `startedAt`) whether it is still that same process. */
export function isAlive(pid: number, start?: string): boolean {
  const now = startedAt(pid);
  return now !== undefined && (start === undefined || start === now);
}

/** Waits until a condition holds. @returns false when it does not within `milliseconds`. */
export async function waitUntil(condition: () => boolean | Promise<boolean>, milliseconds: number, every = 50): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) return false;
    await sleep(every);
  }
  return true;
}

/** Sends a signal to a process group, or to the process where it leads none. A process that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, name);
      return;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }
}

/** Asks a process group to end, waits, then ends it by force. */
export async function endProcess(pid: number, start: string | undefined, patience = 8000): Promise<void> {
  if (!isAlive(pid, start)) return;
  signal(pid, "SIGTERM");
  if (await waitUntil(() => !isAlive(pid, start), patience)) return;
  signal(pid, "SIGKILL");
  await waitUntil(() => !isAlive(pid, start), 2000);
}
