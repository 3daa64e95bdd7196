import "server-only";
import { headers } from "next/headers";
import { forbidden, notFound, redirect } from "next/navigation";
import { cache } from "react";
import { auth } from "../auth";
import { AppError } from "../core/app-error";
import { can } from "../policies/access-policy";
import type { MemberActor, PlatformActor, UserActor } from "../policies/actor";
import type { Permission } from "../policies/permission";
import { findMemberActor } from "../services/access-service";

const findSession = cache(async () => auth.api.getSession({ headers: await headers() }));

/** Who is signed in on this request, or null. Read once for each request. An address that is not verified is nobody. */
export const findUserActor = cache(async (): Promise<UserActor | null> => {
  const session = await findSession();
  if (!session?.user.emailVerified || session.user.banned) return null;
  const { id, email, name, role } = session.user;
  return { kind: "user", userId: id, email, name, platformAdmin: role === "admin" };
});

/** The address of a session that its provider has not verified: such a person has signed in and is nobody yet. */
export async function findUnverifiedAddress(): Promise<string | null> {
  const session = await findSession();
  return session && !session.user.emailVerified ? session.user.email : null;
}

/** The id of this request's session. @throws AppError UNAUTHENTICATED */
export async function requireSessionId(): Promise<string> {
  await requireUserActor();
  const session = await findSession();
  if (!session) throw new AppError("UNAUTHENTICATED", "You are signed out.");
  return session.session.id;
}

/** The person as a member of that organization, or null. For layouts, which show and don't guard; read once for each request. */
export const findMember = cache(async (organizationSlug: string): Promise<MemberActor | null> => {
  const user = await findUserActor();
  return user && findMemberActor(user, organizationSlug);
});

/** @throws AppError UNAUTHENTICATED */
export async function requireUserActor(): Promise<UserActor> {
  const user = await findUserActor();
  if (!user) throw new AppError("UNAUTHENTICATED", "You are signed out. Sign in and try again; nothing you typed here is lost.");
  return user;
}

/** @throws AppError UNAUTHENTICATED, NOT_FOUND (no such organization, or not a member of it), FORBIDDEN (the role lacks the permission) */
export async function requireMemberActor(organizationSlug: string, permission: Permission): Promise<MemberActor> {
  await requireUserActor();
  const member = await findMember(organizationSlug);
  if (!member) throw new AppError("NOT_FOUND", "This organization does not exist, or you are not a member of it.");
  if (!can(member, permission)) {
    throw new AppError("FORBIDDEN", "Your role in this organization does not allow that. Ask an owner or admin.", {
      log: `${member.role} lacks ${permission}`,
    });
  }
  return member;
}

/** @throws AppError UNAUTHENTICATED, NOT_FOUND: the platform's side does not exist for anybody else */
export async function requirePlatformActor(): Promise<PlatformActor> {
  const { platformAdmin, ...user } = await requireUserActor();
  if (!platformAdmin) throw new AppError("NOT_FOUND", "This page does not exist.");
  return { ...user, kind: "platform", platformAdmin };
}

/** For pages: turns a refusal into sign-in, "not found" or "forbidden"; other errors go on to the error page. */
async function orInterrupt<T>(actor: Promise<T>, path: string): Promise<T> {
  try {
    return await actor;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "UNAUTHENTICATED") redirect(`/sign-in?next=${encodeURIComponent(path)}`);
    if (error.code === "NOT_FOUND") notFound();
    if (error.code === "FORBIDDEN") forbidden();
    throw error;
  }
}

/** The page's own address, set by proxy.ts, so that signing in leads back to it. */
async function currentPath(): Promise<string> {
  return (await headers()).get("x-path") ?? "/";
}

/** The actor of a page that any signed-in person may open. */
export async function pageUser(): Promise<UserActor> {
  return orInterrupt(requireUserActor(), await currentPath());
}

/** The actor of a page inside an organization. */
export async function pageMember(organizationSlug: string, permission: Permission): Promise<MemberActor> {
  return orInterrupt(requireMemberActor(organizationSlug, permission), await currentPath());
}

/** The actor of a page on the platform's own side. */
export async function pagePlatform(): Promise<PlatformActor> {
  return orInterrupt(requirePlatformActor(), await currentPath());
}

/** For pages: runs a service call and turns its NOT_FOUND and FORBIDDEN into the matching page. */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  return orInterrupt(work, await currentPath());
}
