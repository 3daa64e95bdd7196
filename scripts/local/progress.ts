const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code: string, text: string): string => (colour ? `\u001B[${code}m${text}\u001B[0m` : text);

export const bold = (text: string): string => paint("1", text);
export const soft = (text: string): string => paint("2", text);
export const accent = (text: string): string => paint("36", text);
export const red = (text: string): string => paint("31", text);

/** Writes a line for the person at the terminal. */
export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Steps under way, in the order of their beginning. */
const running = new Set<string>();

/**
 * Runs one step and prints its name with the seconds it took. At a terminal the names of those that run show meanwhile; elsewhere each step
 * is one line when it is done, so that a log stays readable.
 */
export async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const seconds = (): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  const draw = (): boolean => process.stdout.write(`\r  ${soft("…")} ${[...running].join(", ").padEnd(34)} ${soft(seconds())} `);
  running.add(name);
  const timer = colour ? setInterval(draw, 200) : undefined;
  const finish = (mark: string): void => {
    clearInterval(timer);
    running.delete(name);
    say(`${colour ? "\r" : ""}  ${mark} ${name.padEnd(34)} ${soft(seconds())}  `);
  };
  try {
    const result = await run();
    finish(accent("✓"));
    return result;
  } catch (error) {
    finish(red("✗"));
    throw error;
  }
}
