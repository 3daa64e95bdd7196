import "server-only";
import { Prisma } from "@/prisma/generated/client";

/** Did a write fail because a unique value is taken? The transaction it was in is lost by then. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
