import { db } from "@/lib/db";
import { everybody, platformAdmin } from "./organizations";
import { seedId } from "./seed-id";

/** Adds the people who are missing. @returns the user id of each address, whoever made the account */
export async function seedPeople(): Promise<Map<string, string>> {
  await db.user.createMany({
    data: everybody.map(({ email, name }) => ({
      id: seedId("user", email),
      email,
      name,
      emailVerified: true,
      role: email === platformAdmin?.email ? "admin" : "user",
    })),
    skipDuplicates: true,
  });
  const rows = await db.user.findMany({ where: { email: { in: everybody.map(({ email }) => email) } }, select: { id: true, email: true } });
  return new Map(rows.map(({ id, email }) => [email, id]));
}
