import path from "node:path";
import { pathToFileURL } from "node:url";
import { NextRequest } from "next/server";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { roleHas, roles } from "@/lib/policies/permission";
import { root } from "../../architecture/source-files";
import { discoverEntries, type Entry } from "../../support/discover-entries";
import { entries, type Line } from "../../support/entries";
import { createPlatformActor } from "../../support/factories";
import { databaseUrl } from "../../support/local-stack";
import { createSessionCookie } from "../../support/session-cookie";
import { createTenant } from "../../support/tenant";

const current = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock("next/headers", () => ({
  headers: async () => current.headers,
  cookies: async () => ({ set: () => undefined, get: () => undefined }),
}));
vi.mock("next/cache", () => ({ revalidatePath: () => undefined, refresh: () => undefined }));

const client = new Client({ connectionString: databaseUrl });
beforeAll(() => client.connect());
afterAll(() => client.end());

// Better Auth's own endpoints have a list of their own: see tests/integration/identity.
const found = discoverEntries().filter(({ id }) => !id.includes("/api/auth/"));
const called = found.filter(({ kind }) => kind !== "page");

const answerSchema = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ error: z.object({ code: z.string() }) }),
  z.record(z.string(), z.unknown()),
]);

/** The code of a refusal, or "passed". INVALID_INPUT is a pass: the gate let the caller in before it looked at the input. */
function verdict(answer: unknown): string {
  const parsed = answerSchema.parse(answer);
  const refusal = z.object({ error: z.object({ code: z.string() }) }).safeParse(parsed);
  const code = refusal.success ? refusal.data.error.code : "passed";
  return ["INVALID_INPUT", "UNSUPPORTED_TYPE", "CONFLICT", "GONE"].includes(code) ? "passed" : code;
}

async function headersOf(userId: string | null): Promise<Headers> {
  const origin = process.env.BETTER_AUTH_URL ?? "";
  const headers = new Headers({ origin, host: new URL(origin).host, "content-type": "application/json" });
  if (userId) {
    const { name, value } = await createSessionCookie(client, userId, process.env.BETTER_AUTH_SECRET ?? "");
    headers.set("cookie", `${name}=${value}`);
  }
  return headers;
}

const isCallable = (value: unknown): value is (...args: unknown[]) => unknown => typeof value === "function";

async function callEntry(entry: Entry, userId: string | null, input: Record<string, unknown>): Promise<string> {
  current.headers = await headersOf(userId);
  const loaded: unknown = await import(/* @vite-ignore */ pathToFileURL(path.join(root, entry.file)).href);
  const entryPoint = z.record(z.string(), z.unknown()).parse(loaded)[entry.name];
  if (!isCallable(entryPoint)) throw new Error(`${entry.id} is not a function.`);
  if (entry.kind === "action") return verdict(await entryPoint(input));
  const url = new URL(entry.file.replace(/^app|\/route\.ts$/g, ""), process.env.BETTER_AUTH_URL);
  const sends = entry.name !== "GET" && entry.name !== "OPTIONS";
  if (!sends) Object.entries(input).forEach(([name, value]) => url.searchParams.set(name, String(value)));
  const request = new NextRequest(url, { method: entry.name, headers: current.headers, body: sends ? JSON.stringify(input) : undefined });
  const response = await entryPoint(request, { params: Promise.resolve({ id: input.id }) });
  if (!(response instanceof Response)) throw new Error(`${entry.id} gave no response.`);
  const text = await response.text();
  return verdict(text ? JSON.parse(text) : {});
}

const lineOf = (entry: Entry): Line => {
  const line = entries[entry.id];
  if (!line) throw new Error(`${entry.id} has no line in tests/support/entries.ts.`);
  return line;
};

test("every page, route and action has its line, and no line is left over", () => {
  expect(found.map(({ id }) => id).toSorted()).toEqual(Object.keys(entries).toSorted());
});

describe("every route and action lets in exactly whom its line names", () => {
  test.each(called)("$id", async (entry) => {
    const { access } = lineOf(entry);
    const tenant = await createTenant();
    const foreign = await createTenant();
    const platform = await createPlatformActor();
    const people = [
      { name: "signed out", userId: null, member: null, platform: false },
      ...roles.map((role) => ({ name: role, userId: tenant.members[role].userId, member: role, platform: false })),
      { name: "another tenant's owner", userId: foreign.members.owner.userId, member: null, platform: false },
      { name: "platform admin", userId: platform.userId, member: null, platform: true },
    ];
    const seen: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const person of people) {
      seen[person.name] = await callEntry(entry, person.userId, { org: tenant.organization.slug });
      if (access === "public") expected[person.name] = "passed";
      else if (access === "cron" || person.userId === null) expected[person.name] = "UNAUTHENTICATED";
      else if (access === "user") expected[person.name] = "passed";
      else if (access === "platform") expected[person.name] = person.platform ? "passed" : "NOT_FOUND";
      else if (person.member === null) expected[person.name] = "NOT_FOUND";
      else expected[person.name] = roleHas(person.member, access) ? "passed" : "FORBIDDEN";
    }
    // Rows are asked for below; here the entry may say that none was named.
    for (const role of roles) if (expected[role] === "passed" && seen[role] === "NOT_FOUND" && lineOf(entry).rows) seen[role] = "passed";
    expect(seen).toEqual(expected);
  });
});

describe("nobody reaches another tenant's rows", () => {
  test.each(called.filter(({ id }) => entries[id]?.rows))("$id", async (entry) => {
    const tenant = await createTenant();
    const foreign = await createTenant();
    const input = { org: tenant.organization.slug, ...lineOf(entry).rows?.(foreign.rows) };
    for (const role of roles) {
      const refusal = await callEntry(entry, tenant.members[role].userId, input);
      expect([role, refusal]).toEqual([role, expect.stringMatching(/^(NOT_FOUND|FORBIDDEN)$/)]);
    }
    expect(await callEntry(entry, tenant.members.owner.userId, input)).toBe(lineOf(entry).foreign ?? "NOT_FOUND");
  });
});
