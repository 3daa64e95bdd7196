import { expect, test } from "vitest";
import { auth } from "@/lib/auth";
import { isOpenAuthPath, openAuthPaths } from "@/lib/auth-paths";
import { callAuth, signIn } from "./auth-http";

type Endpoint = { path?: string; options?: { method?: string | string[] } };

const endpoints = Object.values(auth.api).map((endpoint: Endpoint) => endpoint);
const paths = [...new Set(endpoints.flatMap((endpoint) => endpoint.path ?? []))];
const closed = endpoints.flatMap(({ path, options }) =>
  path && !isOpenAuthPath(path) ? [options?.method ?? "POST"].flat().map((method) => ({ method, path })) : [],
);

test("every endpoint we open exists in the library", () => {
  // Social sign-in is there even without a provider.
  for (const path of openAuthPaths) expect(paths).toContain(path);
});

test("the library has many more, and a signed-in person finds none of them", async () => {
  const cookie = await signIn("closed-endpoints@example.test");
  expect(closed.length).toBeGreaterThan(50);
  const answers = await Promise.all(
    closed.map(async ({ method, path }) => {
      const concrete = path.replace(/:\w+/g, "x");
      return [method, path, (await callAuth(concrete, { method, cookie })).status];
    }),
  );
  expect(answers.filter(([, , status]) => status !== 404)).toEqual([]);
});

test.each(["/sign-out/", "/organization/create/", "//organization/create", "/callback/github/extra", "/Organization/create"])(
  "a path is not opened by its spelling: %s",
  async (path) => {
    expect([404, 405, 301, 308]).toContain((await callAuth(path, { method: "GET" })).status);
  },
);
