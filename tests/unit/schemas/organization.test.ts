import { describe, expect, test } from "vitest";
import { accentColorSchema, createOrganizationSchema } from "@/lib/schemas/organization";
import { personNameSchema } from "@/lib/schemas/user";

describe("an organization", () => {
  test("the owner's address is trimmed and lower-cased", () => {
    const input = { name: " Northwind ", slug: "northwind", ownerEmail: " Ada@Northwind.Example " };
    expect(createOrganizationSchema.parse(input)).toEqual({ name: "Northwind", slug: "northwind", ownerEmail: "ada@northwind.example" });
  });

  test.each(["North wind", "-north", "north--wind", "../north", "n", "NORTH/WIND"])("the address %j is refused", (slug) => {
    expect(createOrganizationSchema.safeParse({ name: "Northwind", slug, ownerEmail: "a@b.example" }).success).toBe(false);
  });

  test("an accent is six hex digits in lower case, or none", () => {
    expect(accentColorSchema.parse("#1D5B50")).toBe("#1d5b50");
    expect(accentColorSchema.parse("")).toBeNull();
    expect(accentColorSchema.parse(null)).toBeNull();
    for (const wrong of ["red", "#fff", "#12345g", "#1d5b50;}html{"]) expect(accentColorSchema.safeParse(wrong).success).toBe(false);
  });
});

describe("a person's name", () => {
  test("it is trimmed, and needs a character", () => {
    expect(personNameSchema.parse("  Ada Mills ")).toBe("Ada Mills");
    expect(personNameSchema.safeParse("   ").success).toBe(false);
  });

  test("it can't hold line breaks or markup, since mails carry it", () => {
    for (const wrong of ["Ada\nBcc: x", "<b>Ada</b>"]) expect(personNameSchema.safeParse(wrong).success).toBe(false);
  });
});
