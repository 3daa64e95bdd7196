import "server-only";

/**
 * The endpoints of Better Auth that the product uses, relative to /api/auth. The library has some sixty more (passwords, its own
 * members and invitations, user administration, impersonation): every one of them would be a second way in, around the services.
 */
export const openAuthPaths = [
  "/email-otp/send-verification-otp",
  "/sign-in/email-otp",
  "/sign-in/social",
  "/callback/:id",
  "/get-session",
  "/sign-out",
  "/error",
] as const;

/** May this path be answered? What is not listed does not exist, a later version's new endpoints included. */
export function isOpenAuthPath(path: string): boolean {
  const parts = path.split("/");
  return openAuthPaths.some((open) => {
    const pattern = open.split("/");
    return pattern.length === parts.length && pattern.every((part, index) => part.startsWith(":") || part === parts[index]);
  });
}
