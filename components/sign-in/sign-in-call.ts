import { signInMessage, type SignInFailure } from "./sign-in-message";

/** Runs one call of the sign-in library and gives null, or what went wrong in a sentence. A lost connection is one of them. */
export async function failureOf(call: () => Promise<{ error: SignInFailure | null }>): Promise<string | null> {
  try {
    const { error } = await call();
    return error ? signInMessage(error) : null;
  } catch {
    return signInMessage({ status: 0 });
  }
}
