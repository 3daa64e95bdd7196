import "server-only";
import { unstable_rethrow } from "next/navigation";
import { NextResponse, type NextRequest } from "next/server";
import { z } from "zod";
import { askShield } from "../clients/arcjet";
import { takePoint, type RateLimit } from "../clients/limiter";
import { AppError } from "../core/app-error";
import { newId } from "../core/id";
import { withRequestId } from "../core/request-context";
import { slugSchema } from "../core/slug";
import type { MemberActor, PlatformActor } from "../policies/actor";
import { env } from "../env";
import type { Permission } from "../policies/permission";
import { answerError, parseInput } from "./answer-error";
import type { Gate } from "./define-action";
import { requireMemberActor, requirePlatformActor } from "./require-actor";
import { assertSameOrigin } from "./same-origin";

type Context = { params: Promise<Record<string, string | string[] | undefined>> };

export type GatedRoute = ((request: NextRequest, context: Context) => Promise<Response>) & { gate: Gate | { access: "public" } };

type Definition<A, S extends z.ZodType> = {
  /** Of the JSON body, the query and the path's parameters together; a parameter wins over a query over the body */
  input: S;
  /** Calls for each person; where nobody is signed in, for each network address */
  limit?: RateLimit;
  /** What the log calls it, where the path holds a secret */
  label?: string;
  /** Asks Arcjet about the limit as well, where it is set up */
  shield?: boolean;
  /** Answers preflights and cross-origin callers; without it a state-changing call must come from this site. @throws AppError FORBIDDEN */
  cors?: (request: NextRequest) => HeadersInit;
  /** What is not a Response is answered as JSON */
  run: (actor: A, input: z.output<S>, request: NextRequest) => Promise<Response | object>;
};

/** A body larger than this is no form of ours; bytes. */
const MAX_BODY = 256 * 1024;

/** Stops reading where a form of ours would have ended: whoever sends more has not been let in yet. */
async function readText(request: NextRequest): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY) throw new AppError("TOO_LARGE", "This request is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function readInput(request: NextRequest, context: Context): Promise<Record<string, unknown>> {
  const hasBody = request.method !== "GET" && request.method !== "HEAD" && request.method !== "DELETE";
  let body: unknown = {};
  if (hasBody) {
    const text = await readText(request);
    try {
      body = text ? JSON.parse(text) : {};
    } catch (cause) {
      throw new AppError("INVALID_INPUT", "The request's body is not valid JSON.", { cause });
    }
  }
  const record = z.record(z.string(), z.unknown()).safeParse(body);
  if (!record.success) throw new AppError("INVALID_INPUT", "The request's body must be a JSON object.");
  return { ...record.data, ...Object.fromEntries(request.nextUrl.searchParams), ...(await context.params) };
}

function guard<A, S extends z.ZodType>(
  gate: GatedRoute["gate"],
  definition: Definition<A, S>,
  findActor: (input: Record<string, unknown>) => Promise<A>,
  limitKey: (actor: A, request: NextRequest) => string,
): GatedRoute {
  const route = (request: NextRequest, context: Context): Promise<Response> => {
    const requestId = newId();
    return withRequestId(requestId, async () => {
      const where = `${request.method} ${definition.label ?? request.nextUrl.pathname}`;
      const headers = new Headers({ "cache-control": "no-store", "x-request-id": requestId });
      try {
        if (definition.cors) new Headers(definition.cors(request)).forEach((value, name) => headers.set(name, value));
        else if (request.method !== "GET" && request.method !== "HEAD") assertSameOrigin(request.headers);
        const input = await readInput(request, context);
        const actor = await findActor(input);
        if (definition.limit) await takePoint(definition.limit, limitKey(actor, request));
        if (definition.limit && definition.shield) await askShield(definition.limit, request, limitKey(actor, request));
        const answer = await definition.run(actor, parseInput(definition.input, input), request);
        if (answer instanceof Response) {
          headers.forEach((value, name) => answer.headers.set(name, value));
          return answer;
        }
        return NextResponse.json(answer, { headers });
      } catch (error) {
        unstable_rethrow(error);
        const { status, error: body } = answerError(error, where);
        if (body.retryAfter !== undefined) headers.set("retry-after", String(body.retryAfter));
        return NextResponse.json({ error: body }, { status, headers });
      }
    });
  };
  return Object.assign(route, { gate });
}

/** A JSON route inside an organization, whose slug comes as `org`: in the path, the query or the body. */
export function defineMemberRoute<S extends z.ZodType>(permission: Permission, definition: Definition<MemberActor, S>): GatedRoute {
  const findActor = (input: Record<string, unknown>) => {
    const slug = slugSchema.safeParse(input.org);
    return requireMemberActor(slug.success ? slug.data : "", permission);
  };
  return guard({ access: permission }, definition, findActor, (actor) => actor.userId);
}

/** A route for the platform's own staff; for everybody else it does not exist. */
export function definePlatformRoute<S extends z.ZodType>(definition: Definition<PlatformActor, S>): GatedRoute {
  return guard({ access: "platform" }, definition, requirePlatformActor, (actor) => actor.userId);
}

/** Whom a limit counts when nobody is signed in. */
const addressOf = (request: NextRequest) => request.headers.get(env.CLIENT_IP_HEADER)?.split(",")[0]?.trim() || "unknown";

/** A route for everybody: health, preflights, links that are a right of their own. `run` gets null for an actor. */
export function definePublicRoute<S extends z.ZodType>(definition: Omit<Definition<null, S>, "shield">): GatedRoute {
  return guard(
    { access: "public" },
    definition,
    async () => null,
    (_actor, request) => addressOf(request),
  );
}

/** Answers a browser that asks whether a page of another origin may call. */
export function definePreflight(cors: (request: NextRequest) => HeadersInit): GatedRoute {
  return definePublicRoute({ input: z.object({}), cors, run: async () => new Response(null, { status: 204 }) });
}
