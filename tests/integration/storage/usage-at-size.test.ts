import { Client } from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { databaseUrl } from "../../support/local-stack";
import { createMember, createOrganization } from "../../support/factories";
import { createManyFiles } from "../../support/many-files";
import type { MemberActor } from "@/lib/policies/actor";
import { fileViews } from "@/lib/schemas/storage";
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

const tables = ['"MediaFile"', '"Lesson"', '"Course"', '"LessonProgress"'];
const analyse = () => client.query(`VACUUM ANALYZE ${tables.join(", ")}`);

let large: MemberActor;
let small: MemberActor;
let client: Client;

beforeAll(async () => {
  client = new Client({ connectionString: databaseUrl });
  await client.connect();
  for (const table of tables) await client.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
  const fill = async (courses: number, files: number) => {
    const organization = await createOrganization();
    await createManyFiles((sql, values) => client.query(sql, values), organization.id, { courses, files });
    return organization;
  };
  const crowd = await fill(200, 20_000);
  const tiny = await fill(2, 5);
  await fill(200, 30_000);
  large = await createMember(crowd, "admin");
  small = await createMember(tiny, "admin");
  return () => client.end();
});

/** How PostgreSQL would run a statement. */
async function planOf({ text, values }: Statement): Promise<string> {
  const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN ${text}`, values);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

type PlanNode = {
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number | undefined;
  "Rows Removed by Join Filter"?: number | undefined;
  Plans?: PlanNode[] | undefined;
};
const nodeSchema: z.ZodType<PlanNode> = z.object({
  "Actual Rows": z.number(),
  "Actual Loops": z.number(),
  "Rows Removed by Filter": z.number().optional(),
  "Rows Removed by Join Filter": z.number().optional(),
  Plans: z.lazy(() => z.array(nodeSchema)).optional(),
});

/** The most rows that one step of a plan handled, in all its loops. */
function mostRows(node: PlanNode): number {
  const each = node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Join Filter"] ?? 0);
  return Math.max(node["Actual Loops"] * each, ...(node.Plans ?? []).map(mostRows));
}

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

test("the work stays in proportion to the files, also of a tenant of whom PostgreSQL has no statistics yet", async () => {
  await client.query("SET statement_timeout = '10s'");
  const statements = await statementsOf(async () => {
    await openBoth(large);
    for (const view of fileViews) await listStorageFiles(large, { view, page: 1 });
  });
  for (const { text, values } of statements) {
    const { rows } = await client.query<{ "QUERY PLAN": unknown }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
    const [{ Plan }] = z.tuple([z.object({ Plan: nodeSchema })]).parse(rows[0]?.["QUERY PLAN"]);
    expect(mostRows(Plan), text).toBeLessThan(20 * 20_000);
  }
});

test("no query of them reads another tenant's files", async () => {
  await analyse();
  for (const statement of await statementsOf(() => openBoth(large))) {
    expect(await planOf(statement), statement.text).not.toMatch(/Seq Scan on "MediaFile"/);
  }
});

test("the usage is one query that finds the organization's rows by an index", async () => {
  await analyse();
  const statements = await statementsOf(() => getOrganizationStorageUsage(large.organization.slug));
  expect(statements).toHaveLength(1);
  for (const statement of statements)
    expect(await planOf(statement)).toMatch(/Index.* on "?MediaFile_\w+idx|Index.* using "MediaFile_\w+idx/);
});

test("the largest files come out of an index in their order", async () => {
  await analyse();
  const [list] = await statementsOf(() => listStorageFiles(large, { view: "largest", page: 1 }));
  expect(list && (await planOf(list))).toContain('using "MediaFile_usage_idx"');
});

test("the largest course and the largest file stand first, however many there are", async () => {
  const { courses, total } = await getStorageOverview(large, { page: 1 });
  expect([courses.total, courses.items.length, total.files]).toEqual([200, 25, 20_000]);
  const { items } = await listStorageFiles(large, { view: "largest", page: 1 });
  expect(items[0]?.fileName).toBe("file-20000.mp4");
});
