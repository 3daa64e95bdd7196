import { expect, test } from "vitest";
import { contentDisposition } from "@/lib/core/content-disposition";

test.each([
  ["plan.pdf", `attachment; filename="plan.pdf"; filename*=UTF-8''plan.pdf`],
  ["Prüfung (1).pdf", `attachment; filename="Prufung (1).pdf"; filename*=UTF-8''Pr%C3%BCfung%20%281%29.pdf`],
  [`a"b\\c%d'e*.pdf`, `attachment; filename="a_b_c_d'e*.pdf"; filename*=UTF-8''a%22b%5Cc%25d%27e%2A.pdf`],
  ["東京.mp4", `attachment; filename="__.mp4"; filename*=UTF-8''%E6%9D%B1%E4%BA%AC.mp4`],
])("%j is named so that no reader can be misled", (name, header) => expect(contentDisposition("attachment", name)).toBe(header));

test("no name can break out of the header", () => {
  expect(contentDisposition("inline", "a\r\nset-cookie: x=1")).not.toMatch(/[\r\n]/);
});
