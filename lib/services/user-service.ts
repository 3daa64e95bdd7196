import "server-only";
import { notFoundError } from "../core/app-error";
import { deviceName } from "../core/device-name";
import { shownAddress } from "../core/network-address";
import { deleteSessions, listSessions, updateUserName } from "../data/user";
import type { UserActor } from "../policies/actor";
import type { SessionView } from "../schemas/user";

/** Sets one's own name. */
export async function updateOwnName(actor: UserActor, input: { name: string }): Promise<void> {
  await updateUserName(actor.userId, input.name);
}

/** Where the person is signed in, the session of this request first. */
export async function listOwnSessions(actor: UserActor, currentSessionId: string): Promise<SessionView[]> {
  const rows = await listSessions(actor.userId);
  return rows
    .map((row) => ({
      id: row.id,
      device: deviceName(row.userAgent),
      ipAddress: shownAddress(row.ipAddress),
      startedAt: row.createdAt,
      lastUsedAt: row.updatedAt,
      current: row.id === currentSessionId,
    }))
    .sort((one, other) => Number(other.current) - Number(one.current));
}

/** Signs the person out everywhere but here. Gives the number of sessions that ended. */
export async function endOtherSessions(actor: UserActor, currentSessionId: string): Promise<{ ended: number }> {
  return { ended: await deleteSessions(actor.userId, { keep: currentSessionId }) };
}

/**
 * Signs the person out on one device.
 *
 * @throws AppError NOT_FOUND for a session that has ended, or is another person's
 */
export async function endSession(actor: UserActor, input: { sessionId: string }): Promise<void> {
  if ((await deleteSessions(actor.userId, { id: input.sessionId })) === 0) throw notFoundError("This session");
}
