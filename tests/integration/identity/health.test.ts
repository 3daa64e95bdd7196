import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { GET } from "@/app/api/health/route";
import { store } from "../../support/local-stack";

const ask = () => GET(new NextRequest("http://localhost/api/health"), { params: Promise.resolve({}) });

test("it is well while database and storage answer, and says no more than that they don't", async () => {
  const well = await ask();
  expect([well.status, await well.json()]).toEqual([200, { status: "ok" }]);
  await store.close();
  const ill = await ask();
  expect([ill.status, await ill.json()]).toEqual([503, { status: "unavailable" }]);
});
