import { expect } from "vitest";

// vitest types its asymmetric matchers as `any`; these are the same, typed.

/** Matches a text that contains this one. */
export const textWith = (part: string): unknown => expect.stringContaining(part);

/** Matches any moment. */
export const anyDate: unknown = expect.any(Date);
