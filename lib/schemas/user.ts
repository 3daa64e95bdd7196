import { z } from "zod";
import { idSchema } from "../core/id";

/** A person's own name, as their colleagues will read it. */
export const personNameSchema = z
  .string()
  .trim()
  .min(1, "Enter your name.")
  .max(80, "Use at most 80 characters.")
  .regex(/^[^\u0000-\u001f\u007f<>]*$/, "Leave out line breaks and angle brackets.");

export const updateNameSchema = z.object({ name: personNameSchema });

export const endSessionSchema = z.object({ sessionId: idSchema });

/** One of a person's sessions, without its token. */
export type SessionView = { id: string; device: string; ipAddress: string | null; startedAt: Date; lastUsedAt: Date; current: boolean };
