import type { ActionResult } from "@/lib/core/result";
import type { Role } from "@/lib/policies/permission";

/** The server actions of the members page, handed down from the page. */
export type MemberActions = {
  changeRole: (input: { org: string; memberId: string; role: Role }) => Promise<ActionResult<unknown>>;
  remove: (input: { org: string; memberId: string }) => Promise<ActionResult<unknown>>;
  leave: (input: { org: string }) => Promise<ActionResult<unknown>>;
};
