import { describe, expect, test } from "vitest";
import { parseAddressList } from "@/lib/schemas/address-list";
import { inviteSchema } from "@/lib/schemas/invitation";

describe("reading addresses", () => {
  test("commas, semicolons, lines and spaces part them, in the order given", () => {
    const { addresses } = parseAddressList("a@one.example, b@one.example;c@one.example\nd@one.example\r\n\n e@one.example f@one.example,");
    expect(addresses).toEqual(["a", "b", "c", "d", "e", "f"].map((name) => `${name}@one.example`));
  });

  test("names around an address are dropped, quoted commas included", () => {
    const text = 'Ada Mills <ada@one.example>, "Mills, Bo" <bo@one.example>; <cy@one.example>, mailto:di@one.example';
    expect(parseAddressList(text)).toEqual({
      addresses: ["ada@one.example", "bo@one.example", "cy@one.example", "di@one.example"],
      invalid: [],
    });
  });

  test("each address counts once, in lower case", () => {
    expect(parseAddressList("Ada@One.Example\nada@one.example").addresses).toEqual(["ada@one.example"]);
  });

  test("what is no address comes back as it was written", () => {
    expect(parseAddressList("ada@, bo at one.example, <>, cy@one.example")).toEqual({
      addresses: ["cy@one.example"],
      invalid: ["ada@", "bo at one.example", "<>"],
    });
  });

  test("an address can't carry a second header or recipient", () => {
    expect(parseAddressList("a@one.example\u0000b").addresses).toEqual([]);
    expect(parseAddressList('"a\nBcc: b@one.example"').addresses).not.toContain("a\nbcc: b@one.example");
  });
});

describe("the form", () => {
  const problems = (addresses: string, role = "learner") => {
    const parsed = inviteSchema.safeParse({ addresses, role });
    return parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
  };

  test("every wrong entry is named, and nobody is invited", () => {
    expect(problems("ada@one.example, bo, cy@")).toEqual(["These are not email addresses: bo, cy@. Nobody has been invited yet."]);
  });

  test("many wrong entries are cut short", () => {
    expect(problems("a,b,c,d,e,f,g")).toEqual(["These are not email addresses: a, b, c, d, e and 2 more. Nobody has been invited yet."]);
  });

  test("fifty are taken and fifty-one are not", () => {
    const list = (count: number) => Array.from({ length: count }, (_, index) => `p${index}@one.example`).join("\n");
    expect(problems(list(50))).toEqual([]);
    expect(problems(list(51))).toEqual(["Invite at most 50 people at once; these are 51."]);
  });

  test("nothing is not enough", () => {
    expect(problems(" ,\n")).toEqual(["Enter at least one email address."]);
  });

  test("a role that does not exist is refused", () => {
    expect(problems("a@one.example", "root")).toEqual(["Choose a role."]);
  });
});
