import type { Role } from "./permission";

/** A signed-in person with a verified address. */
export type UserActor = { kind: "user"; userId: string; email: string; name: string; platformAdmin: boolean };

/** The same person inside one organization. */
export type MemberActor = Omit<UserActor, "kind"> & {
  kind: "member";
  memberId: string;
  role: Role;
  organization: {
    id: string;
    slug: string;
    name: string;
    storagePrefix: string;
    accentColor: string | null;
  };
};

/** The platform's own staff. */
export type PlatformActor = Omit<UserActor, "kind" | "platformAdmin"> & { kind: "platform"; platformAdmin: true };

/** A job or a scheduler: no person. */
export type SystemActor = { kind: "system"; label: string };

export type Actor = UserActor | MemberActor | PlatformActor | SystemActor;
