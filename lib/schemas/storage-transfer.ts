import { z } from "zod";
import { idSchema } from "../core/id";

export type TransferState = "QUEUED" | "RUNNING" | "DONE" | "FAILED" | "EXPIRED";

export const startExportSchema = z.object({
  /** Videos that the provider has to fetch from its archive first */
  leaveOutCold: z.boolean(),
});
export const exportIdSchema = z.object({ exportId: idSchema });
export const importIdSchema = z.object({ importId: idSchema });

/** Any text: what is no id or no secret is as unknown as a wrong one. */
export const archiveLinkSchema = z.object({ id: z.string().max(64), secret: z.string().max(128) });

const LINK = /\/api\/exports\/([A-Za-z0-9-]{8,64})\/([0-9a-f]{64})$/;

/** The link of an export, as it was copied or mailed: read here, never called. */
export const exportLinkSchema = z
  .string()
  .trim()
  .max(2_000)
  .transform((link, context) => {
    const [, id, secret] = (URL.canParse(link) && LINK.exec(new URL(link).pathname)) || [];
    if (id && secret) return { origin: new URL(link).origin, id, secret };
    context.addIssue({ code: "custom", message: "This is not the link of an export. Copy the whole link, from https:// to its end." });
    return z.NEVER;
  });
export type ExportLink = z.output<typeof exportLinkSchema>;
export const startImportSchema = z.object({ link: exportLinkSchema });

/** Files and their bytes. */
export type Amount = { files: number; bytes: number };

export type ExportView = {
  id: string;
  state: TransferState;
  bytes: number;
  doneBytes: number;
  files: number;
  error: string | null;
  startedBy: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  expiresAt: Date | null;
  /** While it is DONE */
  link: string | null;
};

export type ImportView = {
  id: string;
  state: TransferState;
  sourceName: string;
  bytes: number;
  doneBytes: number;
  files: number;
  doneFiles: number;
  courses: number;
  error: string | null;
  startedBy: string | null;
  createdAt: Date;
  finishedAt: Date | null;
};

/** What the page of exports and imports shows. */
export type TransferOverview = {
  courses: number;
  /** What an export would hold */
  content: Amount;
  /** Of that, what can't be read at once */
  cold: Amount;
  exports: ExportView[];
  imports: ImportView[];
  /** How long an archive is kept */
  days: number;
};
