/**
 * A failure whose message is one clear sentence for the person at the terminal. Anything else that is thrown is a defect and keeps its stack.
 */
export class Failure extends Error {
  override readonly name = "Failure";
}

const DISK_FULL = "The disk is full: free some space and start again, nothing that was saved before is lost.";

/** A failure of a program, or the disk that caused it. @param output what the program wrote @param message the sentence otherwise */
export function failureOf(output: string, message: string): Failure {
  return new Failure(/ENOSPC|No space left on device/.test(output) ? DISK_FULL : message);
}

/** Whether an error of the file system or of SQLite means that the disk is full. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : undefined;
  return code === "ENOSPC" || code === "EDQUOT" || /no space left on device|database or disk is full/i.test(error.message);
}

/**
 * The sentence to print for an error.
 * @returns the message of a Failure, a fixed sentence for a full disk, or the stack of anything unexpected.
 */
export function explain(error: unknown): string {
  if (isDiskFull(error)) return DISK_FULL;
  if (error instanceof Failure) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
