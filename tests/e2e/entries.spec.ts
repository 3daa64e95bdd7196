import { expect, request, test } from "@playwright/test";
import { z } from "zod";
import { roleHas, roles, type Role } from "@/lib/policies/permission";
import { entries, type Rows } from "../support/entries";
import { baseUrl, query, sessionOf } from "./support/stack";

const OWN = "northwind";
const FOREIGN = "harbour-pine";

const rowsSchema = z.object({
  organizationId: z.string(),
  courseId: z.string(),
  courseSlug: z.string(),
  chapterId: z.string(),
  lessonId: z.string(),
  videoId: z.string(),
  pendingFileId: z.string().default(""),
  memberId: z.string(),
  invitationId: z.string().default(""),
  deletedItemId: z.string().default(""),
  exportId: z.string().default(""),
  importId: z.string().default(""),
});

async function finishedSweep(): Promise<string> {
  const [sweep] = await query(
    z.object({ id: z.string() }),
    `INSERT INTO "StorageSweep" (id, mode, state) VALUES (gen_random_uuid(), 'REPORT', 'DONE') RETURNING id`,
  );
  return sweep?.id ?? "";
}

async function rowsOf(slug: string): Promise<Rows> {
  const [rows] = await query(
    rowsSchema,
    `SELECT o.id AS "organizationId", c.id AS "courseId", c.slug AS "courseSlug", l."chapterId", l.id AS "lessonId", l."videoId", m.id AS "memberId"
     FROM "Organization" o JOIN "Course" c ON c."organizationId" = o.id AND c.status = 'PUBLISHED' JOIN "Lesson" l ON l."courseId" = c.id
     JOIN "Member" m ON m."organizationId" = o.id WHERE o.slug = $1 AND l."videoId" IS NOT NULL ORDER BY c.id, l.id LIMIT 1`,
    [slug],
  );
  if (!rows) throw new Error(`The seed has no lesson with a video in ${slug}.`);
  return { ...rows, sweepId: await finishedSweep() };
}

/** Somebody with this role in an organization of the seed, preferably in no other. */
async function personIn(slug: string, role: Role): Promise<string> {
  const [person] = await query(
    z.object({ id: z.string() }),
    `SELECT m."userId" AS id FROM "Member" m JOIN "Organization" o ON o.id = m."organizationId" WHERE o.slug = $1 AND m.role = $2
     ORDER BY (SELECT count(*) FROM "Member" other WHERE other."userId" = m."userId"), m.id LIMIT 1`,
    [slug, role],
  );
  if (!person) throw new Error(`The seed has no ${role} in ${slug}.`);
  return person.id;
}

async function platformAdmin(): Promise<string> {
  const [person] = await query(z.object({ id: z.string() }), `SELECT id FROM "User" WHERE role = 'admin' LIMIT 1`);
  if (!person) throw new Error("The seed has no platform admin.");
  return person.id;
}

/** "200", "403", "404", or "sign-in" for a redirect there; a redirect elsewhere inside the app counts as let in. */
async function visit(userId: string | null, path: string): Promise<string> {
  const cookie = userId ? await sessionOf(userId) : null;
  const context = await request.newContext({
    baseURL: baseUrl,
    extraHTTPHeaders: cookie ? { cookie: `${cookie.name}=${cookie.value}` } : {},
  });
  const response = await context.get(path, { maxRedirects: 0 });
  const location = response.headers().location;
  await context.dispose();
  if (location) return new URL(location, baseUrl).pathname === "/sign-in" ? "sign-in" : "200";
  return String(response.status());
}

const pages = Object.entries(entries).filter(([id]) => id.startsWith("/"));

for (const [id, { access, rows }] of pages) {
  test(`${id} opens for exactly whom its line names`, async () => {
    const own = await rowsOf(OWN);
    const fill = (values: Record<string, unknown>) =>
      id.replace(/\[(\w+)\]/g, (_, name: string) => {
        const value = values[name];
        return typeof value === "string" ? value : "missing-row";
      });
    const path = fill({ org: OWN, ...rows?.(own) });
    const people: { name: string; userId: string | null; role?: Role }[] = [
      { name: "signed out", userId: null },
      ...(await Promise.all(roles.map(async (role) => ({ name: role, userId: await personIn(OWN, role), role })))),
      { name: "another tenant's owner", userId: await personIn(FOREIGN, "owner") },
      { name: "platform admin", userId: await platformAdmin() },
    ];
    const expected = people.map(({ name, userId, role }) => {
      if (access === "public") return [name, id === "/invitations/[id]" ? "404" : "200"];
      if (userId === null) return [name, "sign-in"];
      if (access === "user") return [name, "200"];
      if (access === "platform") return [name, name === "platform admin" ? "200" : "404"];
      if (access === "cron" || !role) return [name, "404"];
      return [name, roleHas(role, access) ? "200" : "403"];
    });
    const seen: string[][] = [];
    for (const { name, userId } of people) seen.push([name, await visit(userId, path)]);
    expect(seen).toEqual(expected);

    if (rows && access !== "platform") {
      const foreign = fill({ org: OWN, ...rows(await rowsOf(FOREIGN)) });
      expect(await visit(await personIn(OWN, "owner"), foreign)).toBe("404");
    }
  });
}
