/** A bucket at an S3-compatible provider, with what opens it. `publicUrl` is where its public objects are read, without a slash at the end. */
export type StoreAddress = {
  /** What the ledger calls it */
  name: string;
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  forcePathStyle: boolean;
  publicUrl: string | null;
};

/** Where browsers meet it: both ways to write the bucket's address, and where its public objects are read. */
export function storeOrigins({ endpoint, bucket, publicUrl }: Pick<StoreAddress, "endpoint" | "bucket" | "publicUrl">): string[] {
  const { origin, protocol, host } = new URL(endpoint);
  return [origin, `${protocol}//${bucket}.${host}`, ...(publicUrl === null ? [] : [new URL(publicUrl).origin])];
}

/** @throws Error with a sentence that does not repeat it */
function plain(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new Error("has a % that is not percent-encoded; write %25 for it");
  }
}

const NAME = /^[a-z0-9][a-z0-9-]{0,30}$/;

/**
 * Reads a bucket's address from one line: `https://<key id>:<secret>@<endpoint>/<bucket>?name=r2`, with `region` (else "auto"), `path-style=true`
 * and `public=<address>` where they are needed. What the key or secret has of `/ + @ : %` is percent-encoded, as in any address.
 *
 * @throws Error with a sentence that names what is missing and never the secret
 */
export function parseStoreAddress(line: string): StoreAddress {
  if (!URL.canParse(line)) throw new Error("is no address; write https://<key id>:<secret>@<endpoint>/<bucket>?name=<name>");
  const url = new URL(line);
  const bucket = plain(url.pathname.replace(/^\/|\/$/g, ""));
  const publicUrl = url.searchParams.get("public")?.replace(/\/$/, "") ?? null;
  const name = url.searchParams.get("name") ?? "";
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new Error("must begin with https://");
  if (!url.username || !url.password) throw new Error("lacks the key id and secret before the @");
  if (!bucket || bucket.includes("/")) throw new Error("must have the bucket, and nothing else, behind the endpoint");
  if (publicUrl !== null && !(/^https?:/.test(publicUrl) && URL.canParse(publicUrl)))
    throw new Error("public= is no address; write https://<host>");
  if (!NAME.test(name)) throw new Error("lacks ?name=, a short name in small letters by which the database knows the bucket");
  return {
    name,
    endpoint: url.origin,
    region: url.searchParams.get("region") ?? "auto",
    bucket,
    accessKeyId: plain(url.username),
    secretAccessKey: plain(url.password),
    forcePathStyle: url.searchParams.get("path-style") === "true",
    publicUrl,
  };
}
