import { request, type Agent } from "node:http";

export interface RawAnswer {
  /** Status and S3 code, such as `403 AccessDenied`; `OK` in place of a code. */
  readonly outcome: string;
  /** Whether the server asked for the body after `Expect: 100-continue`. */
  readonly continued: boolean;
}

/**
 * Sends a request as no well-behaved client would: exactly these headers, these pieces of body, and with `finish: false`
 * no end to them. Resolves with the answer; without an agent of the test's own the connection is dropped then.
 */
export function sendRaw(
  url: URL,
  options: { method: string; headers: Record<string, string | number>; pieces?: readonly Buffer[]; finish?: boolean; agent?: Agent },
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let continued = false;
    const sent = request(url, { method: options.method, headers: options.headers, agent: options.agent ?? false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      response.on("end", () => {
        resolve({ outcome: `${response.statusCode ?? 0} ${/<Code>(.+?)</.exec(text)?.[1] ?? "OK"}`, continued });
        if (!options.agent) sent.destroy();
      });
    });
    sent.on("continue", () => (continued = true));
    sent.on("error", reject);
    sent.flushHeaders();
    for (const piece of options.pieces ?? []) sent.write(piece);
    if (options.finish ?? true) sent.end();
  });
}
