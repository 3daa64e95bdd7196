import "server-only";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import { takePoint, type RateLimit } from "../clients/limiter";
import { newId } from "../core/id";
import { withRequestId } from "../core/request-context";
import type { ActionResult } from "../core/result";
import { slugSchema } from "../core/slug";
import type { MemberActor, PlatformActor, UserActor } from "../policies/actor";
import type { Permission } from "../policies/permission";
import { answerError, parseInput } from "./answer-error";
import { requireMemberActor, requirePlatformActor, requireUserActor } from "./require-actor";
import { assertSameOrigin } from "./same-origin";

/** Who may call: shown on the function itself, so that the test of all entries can read it. */
export type Gate = { access: "user" | "platform" | Permission };

export type GatedAction<I, T> = ((input: I) => Promise<ActionResult<T>>) & { gate: Gate };

type Definition<A, S extends z.ZodType, T> = {
  input: S;
  /** Calls for each person */
  limit?: RateLimit;
  run: (actor: A, input: z.output<S>) => Promise<T>;
};

function guard<A extends { userId: string }, I, S extends z.ZodType, T>(
  gate: Gate,
  definition: Definition<A, S, T>,
  findActor: (input: unknown) => Promise<A>,
): GatedAction<I, T> {
  const action = (input: I): Promise<ActionResult<T>> =>
    withRequestId(newId(), async (): Promise<ActionResult<T>> => {
      try {
        assertSameOrigin(await headers());
        const actor = await findActor(input);
        if (definition.limit) await takePoint(definition.limit, actor.userId);
        return { ok: true, data: await definition.run(actor, parseInput(definition.input, input)) };
      } catch (error) {
        unstable_rethrow(error);
        return { ok: false, error: answerError(error, "action").error };
      }
    });
  return Object.assign(action, { gate });
}

const inOrganization = z.object({ org: slugSchema });

/**
 * A server action inside an organization: its input names the organization's slug as `org`, beside what the schema takes.
 * Resolves to a result and never throws, save Next's own redirects.
 */
export function defineMemberAction<S extends z.ZodType, T>(permission: Permission, definition: Definition<MemberActor, S, T>) {
  return guard<MemberActor, z.input<S> & { org: string }, S, T>({ access: permission }, definition, (input) => {
    const target = inOrganization.safeParse(input);
    // A malformed slug names no organization; the person learns the same as of a foreign one, once signed in.
    return requireMemberActor(target.success ? target.data.org : "", permission);
  });
}

/** A server action for anybody who is signed in. */
export function defineUserAction<S extends z.ZodType, T>(definition: Definition<UserActor, S, T>) {
  return guard<UserActor, z.input<S>, S, T>({ access: "user" }, definition, requireUserActor);
}

/** A server action for the platform's own staff. */
export function definePlatformAction<S extends z.ZodType, T>(definition: Definition<PlatformActor, S, T>) {
  return guard<PlatformActor, z.input<S>, S, T>({ access: "platform" }, definition, requirePlatformActor);
}
