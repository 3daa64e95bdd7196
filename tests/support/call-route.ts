import { NextRequest } from "next/server";
import { Client } from "pg";
import { createSessionCookie } from "./session-cookie";
import { requestHeaders } from "./next-headers";

type Route = (request: NextRequest, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

export const appUrl = (): string => process.env.BETTER_AUTH_URL ?? "";

/** A session cookie of this person, as a request header's value. */
export async function signIn(userId: string): Promise<string> {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const { name, value } = await createSessionCookie(client, userId, process.env.BETTER_AUTH_SECRET ?? "");
    return `${name}=${value}`;
  } finally {
    await client.end();
  }
}

/** Calls a route handler as Next would: a request of the app's own pages, unless `headers` say otherwise. */
export function callRoute(
  route: Route,
  {
    method = "POST",
    path = "/",
    body,
    cookie,
    headers = {},
    params = {},
  }: {
    method?: string;
    path?: string;
    body?: unknown;
    cookie?: string;
    headers?: Record<string, string>;
    /** What the path's brackets hold */
    params?: Record<string, string>;
  },
): Promise<Response> {
  const all = new Headers({ origin: new URL(appUrl()).origin, "content-type": "application/json", ...(cookie ? { cookie } : {}) });
  for (const [name, value] of Object.entries(headers)) {
    if (value) all.set(name, value);
    else all.delete(name);
  }
  const request = new NextRequest(new URL(path, appUrl()), {
    method,
    headers: all,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return requestHeaders.run(all, () => route(request, { params: Promise.resolve(params) }));
}
