import "server-only";
import { db } from "../db";
import { insertAuditEvent } from "./audit";
import { inTransaction, type Db } from "./transaction";

/** Makes this person platform staff when their verified address is on the list. Written down once; later calls change nothing. */
export async function promotePlatformAdmin(userId: string, addresses: readonly string[]): Promise<void> {
  if (addresses.length === 0) return;
  await inTransaction(async (tx) => {
    const [promoted] = await tx.user.updateManyAndReturn({
      where: {
        id: userId,
        emailVerified: true,
        email: { in: [...addresses] },
        OR: [{ role: null }, { role: { not: "admin" } }],
      },
      data: { role: "admin" },
      select: { id: true, email: true },
    });
    if (!promoted) return;
    await insertAuditEvent(tx, {
      actorLabel: "sign-in",
      action: "user.promoted",
      subjectId: promoted.id,
      after: { email: promoted.email },
    });
  });
}

/** Sets a person's name. */
export async function updateUserName(userId: string, name: string, client: Db = db): Promise<void> {
  await client.user.update({ where: { id: userId }, data: { name }, select: { id: true } });
}

/** A person's sessions that have not expired, the latest used first, at most 50. The token stays in the database. */
export function listSessions(userId: string, client: Db = db) {
  return client.session.findMany({
    where: { userId, expiresAt: { gt: new Date() } },
    select: { id: true, ipAddress: true, userAgent: true, createdAt: true, updatedAt: true },
    orderBy: { updatedAt: "desc" },
    take: 50,
  });
}

/** Ends one session of this person, or all but the one to keep. Gives the number that ended. */
export async function deleteSessions(userId: string, which: { id: string } | { keep: string }, client: Db = db): Promise<number> {
  const { count } = await client.session.deleteMany({ where: { userId, id: "id" in which ? which.id : { not: which.keep } } });
  return count;
}
