import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { definePublicRoute } from "@/lib/gates/define-route";

const echo = definePublicRoute({ input: z.object({ word: z.string() }), cors: () => ({}), run: async (_actor, input) => input });

function post(body: BodyInit): Promise<Response> {
  const request = new NextRequest("http://localhost/api/echo", { method: "POST", body, duplex: "half" });
  return echo(request, { params: Promise.resolve({}) });
}

test("a body of a form's size is read whole, over chunk borders", async () => {
  const word = "ä".repeat(50_000);
  const response = await post(JSON.stringify({ word }));
  expect(await response.json()).toEqual({ word });
});

test("an endless body is refused once it is longer than any form, without being read to its end", async () => {
  let chunks = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      chunks += 1;
      controller.enqueue(new Uint8Array(16 * 1024).fill(97));
    },
  });
  const response = await post(endless);
  expect(response.status).toBe(413);
  expect(chunks).toBeLessThan(40);
});

test("a body that is no JSON object is refused with a sentence", async () => {
  expect((await post("not json")).status).toBe(400);
  expect((await post("[1]")).status).toBe(400);
});
