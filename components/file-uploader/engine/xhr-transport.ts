import { LineLost, type PartTransport } from "./doors";
import { parseRetryAfter } from "./upload-api";

/** A header that the store does not show to pages counts as absent; asking for it by name would write an error to the console. */
function headerOf(request: XMLHttpRequest, name: string): string | null {
  const line = request
    .getAllResponseHeaders()
    .split("\r\n")
    .find((header) => header.toLowerCase().startsWith(`${name}:`));
  return line === undefined ? null : line.slice(name.length + 1).trim();
}

/** XMLHttpRequest, since fetch still says nothing about how much has left. The blob is read from disk by the browser itself. */
export const xhrTransport: PartTransport = ({ url, headers, body, onProgress, signal }) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener("abort", stop, { once: true });
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onerror = () => reject(new LineLost("The store could not be reached."));
    request.onabort = () => reject(signal.reason as Error);
    request.onload = () => {
      const code = /<Code>([^<]+)<\/Code>/.exec(request.responseText)?.[1] ?? null;
      resolve({ status: request.status, code, retryAfter: parseRetryAfter(headerOf(request, "retry-after")) });
    };
    request.onloadend = () => signal.removeEventListener("abort", stop);
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(body);
  });
