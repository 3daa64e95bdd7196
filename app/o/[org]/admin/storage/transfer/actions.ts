"use server";
import { revalidatePath } from "next/cache";
import { defineMemberAction } from "@/lib/gates/define-action";
import { exportIdSchema, importIdSchema, startExportSchema, startImportSchema } from "@/lib/schemas/storage-transfer";
import * as exporting from "@/lib/services/storage-export-service";
import * as importing from "@/lib/services/storage-import-service";

/** Reading everything that an organization has takes seconds of the database. */
const limit = { name: "transfer", points: 10, seconds: 60 };

const refresh = (org: string) => revalidatePath(`/o/${org}/admin/storage/transfer`);

export const startExport = defineMemberAction("storage.manage", {
  input: startExportSchema,
  limit,
  run: async (actor, input) => {
    await exporting.startExport(actor, input);
    refresh(actor.organization.slug);
  },
});

export const cancelExport = defineMemberAction("storage.manage", {
  input: exportIdSchema,
  run: async (actor, input) => {
    await exporting.cancelExport(actor, input);
    refresh(actor.organization.slug);
  },
});

export const deleteExport = defineMemberAction("storage.manage", {
  input: exportIdSchema,
  run: async (actor, input) => {
    await exporting.deleteExport(actor, input);
    refresh(actor.organization.slug);
  },
});

export const startImport = defineMemberAction("storage.manage", {
  input: startImportSchema,
  limit,
  run: async (actor, input) => {
    await importing.startImport(actor, input);
    refresh(actor.organization.slug);
  },
});

export const cancelImport = defineMemberAction("storage.manage", {
  input: importIdSchema,
  run: async (actor, input) => {
    await importing.cancelImport(actor, input);
    refresh(actor.organization.slug);
  },
});
