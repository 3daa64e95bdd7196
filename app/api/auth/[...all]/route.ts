import { toNextJsHandler } from "better-auth/next-js";
import { auth } from "@/lib/auth";

/** Better Auth's own handler; which of its endpoints answer is decided in lib/auth-paths.ts. */
export const { GET, POST } = toNextJsHandler(auth);
