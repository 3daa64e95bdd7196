import { Client } from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { databaseUrl } from "../../support/local-stack";
import { createMember, createOrganization } from "../../support/factories";
import { createManyFiles } from "../../support/many-files";
import type { MemberActor } from "@/lib/policies/actor";
import { getOrganizationStorageUsage, getStorageOverview, listStorageFiles } from "@/lib/services/storage-usage-service";

type Statement = { text: string; values: unknown[] };
const statementSchema = z.object({ text: z.string(), values: z.array(z.unknown()).default([]) });

/** The statements that `work` sends to PostgreSQL, with their values. */
async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const query = vi.spyOn(Client.prototype, "query");
  try {
    await work();
    return query.mock.calls.flatMap(([statement]) => {
      const parsed = statementSchema.safeParse(statement);
      return parsed.success ? [parsed.data] : [];
    });
  } finally {
    query.mockRestore();
  }
}

let large: MemberActor;
let small: MemberActor;
let client: Client;

beforeAll(async () => {
  const [crowd, tiny, neighbour] = await Promise.all([createOrganization(), createOrganization(), createOrganization()]);
  await createManyFiles(crowd.id, { courses: 200, files: 20_000 });
  await createManyFiles(tiny.id, { courses: 2, files: 5 });
  await createManyFiles(neighbour.id, { courses: 200, files: 30_000 });
  large = await createMember(crowd, "admin");
  small = await createMember(tiny, "admin");
  client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('VACUUM ANALYZE "MediaFile", "Lesson", "Course", "LessonProgress"');
  return () => client.end();
});

/** Everything that the storage pages ask for. */
async function openBoth(actor: MemberActor): Promise<void> {
  await getStorageOverview(actor, { page: 1 });
  await listStorageFiles(actor, { view: "largest", page: 1 });
}

test("with 200 courses and 20,000 files the pages send as many queries as with five files", async () => {
  const many = await statementsOf(() => openBoth(large));
  const few = await statementsOf(() => openBoth(small));
  expect(many.length).toBe(few.length);
  expect(many.length).toBeGreaterThan(5);
});

test("no query of them reads another tenant's files", async () => {
  for (const { text, values } of await statementsOf(() => openBoth(large))) {
    const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN ${text}`, values);
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan, text).not.toMatch(/Seq Scan on "MediaFile"/);
  }
});

test("the usage is one query, answered by the index alone", async () => {
  const statements = await statementsOf(() => getOrganizationStorageUsage(large.organization.slug));
  expect(statements).toHaveLength(1);
  const [{ text, values } = { text: "", values: [] }] = statements;
  const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN ${text}`, values);
  expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain('Index Only Scan using "MediaFile_usage_idx"');
});

test("the largest course and the largest file stand first, however many there are", async () => {
  const { courses, total } = await getStorageOverview(large, { page: 1 });
  expect([courses.total, courses.items.length, total.files]).toEqual([200, 25, 20_000]);
  const { items } = await listStorageFiles(large, { view: "largest", page: 1 });
  expect(items[0]?.fileName).toBe("file-20000.mp4");
});
