/**
 * The house as data: every room, which files are in it, and which rooms it may import. The lint rule and the architecture tests both
 * read this table; ARCHITECTURE.md draws it.
 *
 * @typedef {{ files: RegExp, may: string[] }} Room
 */

const pure = ["core", "schemas", "policies"];
const ground = [...pure, "env", "env-client", "mails", "job-contracts"];

/** First match wins. @type {Record<string, Room>} */
export const rooms = {
  // F0 ground
  "env-client": { files: /^lib\/env-client\.ts$/, may: [] },
  env: { files: /^lib\/env\.ts$/, may: ["core"] },
  core: { files: /^lib\/core\//, may: ["core", "env", "env-client"] },
  schemas: { files: /^lib\/schemas\//, may: pure },
  policies: { files: /^lib\/policies\//, may: pure },
  mails: { files: /^lib\/mails\//, may: ["core", "mails"] },
  "job-contracts": { files: /^lib\/jobs\/contracts\.ts$/, may: ["core", "schemas"] },
  "prisma-client": { files: /^prisma\/generated\//, may: ["prisma-client"] },
  // F1 doors
  db: { files: /^lib\/db\.ts$/, may: ["env", "core", "prisma-client"] },
  doors: { files: /^lib\/(S3Client\.ts|clients\/)/, may: ["env", "env-client", "core", "doors"] },
  // F2 data
  data: { files: /^lib\/data\//, may: [...pure, "db", "data", "prisma-client"] },
  enqueue: { files: /^lib\/jobs\/enqueue\.ts$/, may: ["core", "job-contracts", "doors", "data"] },
  auth: { files: /^lib\/auth(-code|-paths)?\.ts$/, may: [...ground, "db", "doors", "data", "enqueue", "auth"] },
  "auth-client": { files: /^lib\/auth-client\.ts$/, may: [] },
  // F3 services
  services: { files: /^lib\/(services\/|ghl-token\.ts$)/, may: [...ground, "doors", "data", "enqueue", "auth", "services"] },
  // F4 workers
  workers: { files: /^lib\/jobs\//, may: [...pure, "job-contracts", "doors", "services", "workers"] },
  // F5 gates
  gates: { files: /^lib\/gates\//, may: [...pure, "env", "doors", "auth", "services", "gates"] },
  // F6 faces
  ui: { files: /^(components|hooks)\//, may: [...pure, "env-client", "auth-client", "ui"] },
  app: { files: /^app\//, may: [...pure, "auth", "auth-client", "env-client", "services", "workers", "gates", "ui", "app"] },
  proxy: { files: /^proxy\.ts$/, may: ["env", "env-client", "core"] },
  local: { files: /^scripts\/(local|support)\//, may: ["local"] },
  scripts: { files: /^scripts\//, may: [...pure, "services", "workers", "local", "scripts"] },
  seed: { files: /^prisma\/seed/, may: [...ground, "db", "doors", "data", "enqueue", "services", "workers", "prisma-client", "seed"] },
};

/** Each service may call those to its left; audit may be called by all. */
export const serviceOrder = [
  "audit",
  "cron-run",
  "failover",
  "access",
  "storage-warning",
  "replica-due",
  "storage",
  "storage-release",
  "deleted-content",
  "storage-usage",
  "storage-reconcile",
  "image",
  "storage-cleanup",
  "upload-lease",
  "upload-part",
  "upload",
  "upload-completion",
  "transcode",
  "delivery",
  "upload-list",
  "storage-compare",
  "storage-drift",
  "storage-finding",
  "storage-trash",
  "storage-restore",
  "storage-repair",
  "storage-orphan",
  "storage-report",
  "storage-tier",
  "storage-class",
  "storage-shift",
  "storage-cooling",
  "storage-archive",
  "transfer-archive",
  "storage-transfer",
  "export-content",
  "storage-export",
  "import-content",
  "storage-import",
  "transfer-tidy",
  "storage-move",
  "storage-migration",
  "storage-verify",
  "storage-departure",
  "storage-leftover",
  "storage-prefix",
  "storage-replica",
  "replica-comparison",
  "replica-report",
  "storage-limit",
  "storage-bucket",
  "storage-emptying",
  "course",
  "chapter",
  "lesson",
  "enrolment",
  "progress",
  "playback",
  "learner-course",
  "certificate",
  "billing",
  "ghl-connection",
  "crm-sync",
  "crm-webhook",
  "notification",
  "invitation",
  "invitation-answer",
  "organization",
  "member",
  "user",
  "job",
  "health",
];

/** @param {string} file path from the repository's root, with forward slashes */
export function roomOf(file) {
  return Object.keys(rooms).find((name) => rooms[name]?.files.test(file)) ?? null;
}

/** @param {string} file */
function serviceName(file) {
  return /^lib\/services\/([a-z-]+)-service(\.ts)?$/.exec(file)?.[1] ?? null;
}

/**
 * Why `from` may not import `to`, or null when it may. Both are paths from the root.
 * @param {string} from
 * @param {string} to
 * @returns {string | null}
 */
export function violation(from, to) {
  const source = roomOf(from);
  const target = roomOf(to);
  if (!source || !target) return null;
  if (!rooms[source]?.may.includes(target)) return `the room "${source}" may not import the room "${target}"`;
  const caller = serviceName(from);
  const callee = serviceName(to);
  if (caller && callee && serviceOrder.indexOf(callee) >= serviceOrder.indexOf(caller)) {
    return `${caller}-service may only call services to its left, and ${callee} is not`;
  }
  return null;
}
