import type { ActionResult } from "@/lib/core/result";

/** A server action inside an organization, as pages hand it to components. */
export type MemberAction<I, T> = (input: I & { org: string }) => Promise<ActionResult<T>>;
