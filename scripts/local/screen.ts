import { existsSync, readFileSync } from "node:fs";
import { accent, bold, say, soft } from "./progress.ts";

interface DemoPerson {
  email: string;
  name: string;
  role: string;
  organization: string;
}

function people(): DemoPerson[] {
  const file = "prisma/demo-people.json";
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as DemoPerson[]) : [];
}

/** Prints the one screen that says where everything is. */
export function showScreen(facts: { url: string; mailboxUrl: string; logs: string; stop: string; reset: string }): void {
  const line = (label: string, value: string, note = ""): void => say(`  ${soft(label.padEnd(9))} ${value}${note && `  ${soft(note)}`}`);
  const rows = people();
  const width = (key: keyof DemoPerson): number => Math.max(0, ...rows.map((row) => row[key].length)) + 2;
  say();
  say(`  ${bold("Sidecar is running")}`);
  say();
  line("Open", accent(bold(facts.url)));
  line("Mailbox", accent(facts.mailboxUrl), "sign-in codes arrive here");
  line("Logs", facts.logs);
  if (rows.length > 0) {
    say();
    say(`  ${soft("Sign in as")}`);
    for (const row of rows) {
      say(
        `    ${row.email.padEnd(width("email"))}${row.name.padEnd(width("name"))}${soft(row.role.padEnd(width("role")))}${soft(row.organization)}`,
      );
    }
  }
  say();
  line("Stop", facts.stop);
  line("Reset", facts.reset);
  say();
}
