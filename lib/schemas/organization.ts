import { z } from "zod";
import { idSchema } from "../core/id";
import { pageNumberSchema } from "../core/page";
import { slugSchema } from "../core/slug";
import { emailSchema } from "./email";
import type { RemovedFile } from "./deleted-content";
import type { MediaView } from "./media";
import { searchSchema } from "./member";

export const organizationNameSchema = z
  .string()
  .trim()
  .min(2, "Use at least 2 characters.")
  .max(80, "Use at most 80 characters.")
  .regex(/^[^\u0000-\u001f\u007f<>]*$/, "Leave out line breaks and angle brackets.");

/** `#rrggbb` in lower case, or nothing for the product's own accent. */
export const accentColorSchema = z
  .union([
    z.literal("").transform(() => null),
    z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^#[0-9a-f]{6}$/, "Use a colour such as #1d5b50."),
  ])
  .nullable();

export const createOrganizationSchema = z.object({ name: organizationNameSchema, slug: slugSchema, ownerEmail: emailSchema });
export const updateOrganizationSchema = z.object({
  name: organizationNameSchema,
  accentColor: accentColorSchema,
  logoId: idSchema.nullable(),
});
export type UpdateOrganizationInput = z.output<typeof updateOrganizationSchema>;

/** What an organization's own settings page edits. */
export type OrganizationSettings = {
  name: string;
  slug: string;
  accentColor: string | null;
  logo: MediaView | null;
  /** Logos that were removed and can still be put back, the latest first */
  removed: RemovedFile[];
};

export const listOrganizationsSchema = z.object({ q: searchSchema, page: pageNumberSchema });
export const inviteOwnerSchema = z.object({ organizationId: idSchema, ownerEmail: emailSchema });

/** One row of the platform's list. Bytes. */
export type OrganizationRow = {
  id: string;
  name: string;
  slug: string;
  createdAt: Date;
  members: number;
  courses: number;
  usedBytes: number;
  limitBytes: number;
};

/** One organization as the platform's staff sees it. */
export type OrganizationDetail = OrganizationRow & {
  storagePrefix: string;
  owners: { id: string; name: string; email: string }[];
  invitedOwners: { id: string; email: string; expiresAt: Date; expired: boolean }[];
};
