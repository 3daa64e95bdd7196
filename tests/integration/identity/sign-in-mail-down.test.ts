import { expect, test } from "vitest";
import { mailbox } from "../../support/local-stack";
import { askForCode, refusal } from "./auth-http";

test("a code that can't be mailed is a failure that the person is told of", async () => {
  await mailbox.close();
  const answer = await refusal(await askForCode("nobody-hears@example.test"));
  expect(answer).toMatchObject({ status: 503, code: "UNAVAILABLE" });
  expect(answer.message).toMatch(/could not be sent/);
});
