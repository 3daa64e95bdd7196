import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { startMailbox, type Mailbox } from "../../../scripts/local/mailbox/server";

const messages = z.array(z.object({ id: z.string(), to: z.array(z.string()), subject: z.string(), text: z.string(), html: z.string() }));
let dir: string;
let mailbox: Mailbox;

const open = (): Promise<Mailbox> => startMailbox({ dir, smtpPort: 0, httpPort: 0 });

async function list(query = ""): Promise<z.infer<typeof messages>> {
  return messages.parse(await (await fetch(`${mailbox.url}/api/messages${query}`)).json());
}

async function send(to: string, subject: string, html?: string): Promise<void> {
  const transport = createTransport(mailbox.smtpUrl);
  await transport.sendMail({ from: "Sidecar <no-reply@sidecar.test>", to, subject, text: "Your code is 042042", html });
  transport.close();
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "sidecar-mailbox-"));
  mailbox = await open();
});

afterEach(async () => {
  await mailbox.close();
  rmSync(dir, { recursive: true, force: true });
});

test("the latest mail to an address is found whatever its case", async () => {
  await send("Ada@example.test", "First");
  await send("bob@example.test", "Other");
  await send("ada@example.test", "Second");
  expect((await list("?to=ADA@example.test")).map((mail) => mail.subject)).toEqual(["Second", "First"]);
  const [latest] = await list("?to=ada@example.test&limit=1");
  expect(latest).toMatchObject({ to: ["ada@example.test"], subject: "Second" });
  expect(latest?.text.trim()).toBe("Your code is 042042");
});

test("mails survive a restart, in their order", async () => {
  await send("ada@example.test", "First");
  await send("ada@example.test", "Second");
  const before = await list();
  await mailbox.close();
  mailbox = await open();
  expect(await list()).toEqual(before);
});

test("the page escapes what a mail says and shows its HTML in a sandbox only", async () => {
  await send("ada@example.test", "<script>alert(1)</script>", "<p>Hello</p><script>alert(2)</script>");
  const page = await (await fetch(mailbox.url)).text();
  expect(page).not.toContain("<script>alert(");
  expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
});

test("an unknown message is a 404", async () => {
  expect((await fetch(`${mailbox.url}/messages/none`)).status).toBe(404);
});
