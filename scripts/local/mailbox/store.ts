import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { simpleParser, type AddressObject } from "mailparser";

/** One caught mail, as the mailbox shows it and as tests read it. */
export interface Mail {
  id: string;
  /** Every recipient of the envelope, in lower case: also those in bcc. */
  to: string[];
  from: string;
  subject: string;
  /** When it was caught, ISO 8601 in UTC. */
  receivedAt: string;
  text: string;
  html: string;
}

interface Envelope {
  to: string[];
  receivedAt: string;
}

function writeWhole(path: string, content: string | Buffer): void {
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
}

function addresses(value: AddressObject | AddressObject[] | undefined): string {
  return [value ?? []]
    .flat()
    .map((address) => address.text)
    .join(", ");
}

async function parse(id: string, raw: Buffer, envelope: Envelope): Promise<Mail> {
  const mail = await simpleParser(raw, { skipImageLinks: true });
  return {
    id,
    to: envelope.to,
    from: addresses(mail.from),
    subject: mail.subject ?? "(no subject)",
    receivedAt: envelope.receivedAt,
    text: mail.text ?? "",
    html: typeof mail.html === "string" ? mail.html : "",
  };
}

/** Mails as files: the raw message and its envelope. Newest first in memory. */
export class MailStore {
  readonly #dir: string;
  #mails: Mail[] = [];

  private constructor(dir: string) {
    this.#dir = dir;
  }

  /** Opens the directory and reads what an earlier run caught. */
  static async open(dir: string): Promise<MailStore> {
    mkdirSync(dir, { recursive: true });
    const store = new MailStore(dir);
    for (const file of readdirSync(dir)
      .filter((name) => name.endsWith(".json"))
      .sort()) {
      const id = file.slice(0, -".json".length);
      const envelope = JSON.parse(readFileSync(join(dir, file), "utf8")) as Envelope;
      store.#mails.unshift(await parse(id, readFileSync(join(dir, `${id}.eml`)), envelope));
    }
    return store;
  }

  async add(raw: Buffer, to: string[]): Promise<Mail> {
    const now = new Date();
    // The name sorts by time, so that a restart keeps the order.
    const id = `${String(now.getTime()).padStart(15, "0")}-${randomUUID().slice(0, 8)}`;
    const envelope = { to: [...new Set(to.map((address) => address.toLowerCase()))], receivedAt: now.toISOString() };
    const mail = await parse(id, raw, envelope);
    writeWhole(join(this.#dir, `${id}.eml`), raw);
    writeWhole(join(this.#dir, `${id}.json`), JSON.stringify(envelope));
    this.#mails.unshift(mail);
    return mail;
  }

  /** Newest first. @param to only mails to this address */
  list(to?: string): Mail[] {
    const wanted = to?.trim().toLowerCase();
    return wanted ? this.#mails.filter((mail) => mail.to.includes(wanted)) : this.#mails;
  }

  find(id: string): Mail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  clear(): void {
    for (const { id } of this.#mails) {
      rmSync(join(this.#dir, `${id}.json`), { force: true });
      rmSync(join(this.#dir, `${id}.eml`), { force: true });
    }
    this.#mails = [];
  }
}
