import { createServer, type IncomingMessage, type Server } from "node:http";
import { buffer } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { inboxPage } from "./page.ts";
import { MailStore } from "./store.ts";

export type { Mail } from "./store.ts";

/** A mail catcher: takes mail by SMTP on the loopback interface and shows it over HTTP. */
export interface Mailbox {
  /** The page; JSON at `${url}/api/messages?to=<address>&limit=<n>`, newest first. */
  url: string;
  smtpUrl: string;
  close: () => Promise<void>;
}

export interface MailboxOptions {
  /** Where mails are kept. */
  dir: string;
  /** 0 for any free port. */
  smtpPort: number;
  /** 0 for any free port. */
  httpPort: number;
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

const json = (value: unknown): Answer => ({ status: 200, type: "application/json", body: JSON.stringify(value) });
const html = (body: string): Answer => ({ status: 200, type: "text/html", body });

function answer(store: MailStore, request: IncomingMessage): Answer {
  const url = new URL(request.url ?? "/", "http://mailbox");
  const to = url.searchParams.get("to") ?? "";
  const mails = store.list(to);
  if (url.pathname === "/api/messages") {
    if (request.method !== "DELETE") return json(mails.slice(0, Number(url.searchParams.get("limit") ?? mails.length)));
    store.clear();
    return json([]);
  }
  if (url.pathname === "/") return html(inboxPage(mails, mails[0], to));
  const [, section, id = "", part] = url.pathname.split("/");
  const mail = section === "messages" ? store.find(id) : undefined;
  if (!mail) return { status: 404, type: "text/plain", body: "There is no such message." };
  if (part !== "html") return html(inboxPage(mails, mail, to));
  return html(mail.html.replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`));
}

function listen(server: Server | SMTPServer["server"], port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("The mailbox has no port number."));
      else resolve(address.port);
    });
  });
}

/**
 * Starts the mailbox and reads the mails of earlier runs.
 * @throws the system's error when a port is taken.
 */
export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  const store = await MailStore.open(options.dir);
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    // Any name and password will do: nothing is delivered.
    onAuth: (auth, _session, done) => done(null, { user: auth.username }),
    onData: (stream, session, done) => {
      buffer(stream)
        .then((raw) =>
          store.add(
            raw,
            session.envelope.rcptTo.map((recipient) => recipient.address),
          ),
        )
        .then(() => done(), done);
    },
  });
  // A client that hangs up is its own affair.
  smtp.on("error", () => undefined);
  const http = createServer((request, response) => {
    const { status, type, body } = answer(store, request);
    response.writeHead(status, {
      "content-type": `${type}; charset=utf-8`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    response.end(body);
  });
  const smtpPort = await listen(smtp.server, options.smtpPort);
  const httpPort = await listen(http, options.httpPort);
  return {
    url: `http://127.0.0.1:${httpPort}`,
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    close: async () => {
      http.closeAllConnections();
      await Promise.all([new Promise((resolve) => http.close(resolve)), new Promise<void>((resolve) => smtp.close(() => resolve()))]);
    },
  };
}
