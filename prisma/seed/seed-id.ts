import { createHash } from "node:crypto";

/** The same id for the same name on every run: a UUID of version 8 (RFC 9562), made of the name's hash. */
export function seedId(...name: string[]): string {
  const hex = createHash("sha256")
    .update(`sidecar-demo/${name.join("/")}`)
    .digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
