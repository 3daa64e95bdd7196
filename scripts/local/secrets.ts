import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.ts";

// Production refuses secrets that say they are for development.
const makers = {
  databasePassword: () => randomBytes(18).toString("base64url"),
  betterAuthSecret: () => `development-${randomBytes(32).toString("base64url")}`,
  cronSecret: () => `development-${randomBytes(24).toString("base64url")}`,
  storeAccessKey: () => `LOCAL${randomBytes(8).toString("hex").toUpperCase()}`,
  storeSecretKey: () => randomBytes(30).toString("base64url"),
  serverActionsKey: () => randomBytes(32).toString("base64"),
};

/** Secrets of one state directory. They differ on every machine, so none of them can end up in production. */
export type Secrets = Record<keyof typeof makers, string>;

/**
 * Reads the secrets of a state directory; makes those that are missing and keeps them readable by the owner only.
 * @throws {Failure} when the file is unreadable: new secrets would lock the kept database.
 */
export function readSecrets(dir: string): Secrets {
  const path = join(dir, "secrets.json");
  let kept: Partial<Secrets> = {};
  if (existsSync(path)) {
    try {
      kept = JSON.parse(readFileSync(path, "utf8")) as Partial<Secrets>;
    } catch (cause) {
      throw new Failure(`The file ${path} is damaged: restore it, or start over with npm run db:reset.`, { cause });
    }
  }
  const missing = Object.entries(makers).filter(([name]) => !(name in kept));
  const secrets = { ...Object.fromEntries(missing.map(([name, make]) => [name, make()])), ...kept } as Secrets;
  if (missing.length > 0) {
    mkdirSync(dir, { recursive: true });
    writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  return secrets;
}
