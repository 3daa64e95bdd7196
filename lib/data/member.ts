import "server-only";
import { db } from "../db";
import type { Db } from "./transaction";

/** One person's membership of the organization with this slug, with what an actor needs of the organization. */
export function findMembership(userId: string, organizationSlug: string, client: Db = db) {
  return client.member.findFirst({
    where: { userId, organization: { slug: organizationSlug } },
    select: {
      id: true,
      role: true,
      organization: { select: { id: true, slug: true, name: true, storagePrefix: true, accentColor: true } },
    },
    relationLoadStrategy: "join",
  });
}
