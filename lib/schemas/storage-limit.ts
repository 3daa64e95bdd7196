import { z } from "zod";
import { idSchema } from "../core/id";
import { pageNumberSchema } from "../core/page";

const GB = 1024 ** 3;
/** A petabyte: more than any plan, and far from where numbers lose their last digits. */
const MOST_GB = 1024 ** 2;

export const usageSorts = ["used", "full", "grown", "files", "name"] as const;
/** What a list of organizations is ordered by: bytes used, share of the limit, growth, number of files, name. */
export type UsageSort = (typeof usageSorts)[number];

/** Search parameters of that list: what can't be read looks for nothing, and orders by what is used. */
export const organizationUsageSchema = z.object({
  q: z.string().trim().max(200).catch(""),
  sort: z.enum(usageSorts).catch("used"),
  page: pageNumberSchema,
});
export type OrganizationUsageInput = z.output<typeof organizationUsageSchema>;

const NUMBER_OF_GB = "Write a number of GB, such as 50 or 0.5.";

/** A number of GB as a person types it, in bytes. */
const gigabytes = z.coerce
  .number<string>(NUMBER_OF_GB)
  .positive("Write more than 0.")
  .max(MOST_GB, "Write at most 1048576 GB.")
  .transform((value) => Math.round(value * GB));

const files = z.coerce.number<string>("Write a whole number.").int("Write a whole number.").min(1, "Write at least 1.").max(100_000_000);

/** A field that may stay empty, for no limit; of what is written there the person is told what is wrong with it. */
const orNoLimit = <S extends z.ZodType<number, string>>(limit: S) =>
  z
    .string()
    .trim()
    .transform((text, context) => {
      if (text === "") return null;
      const { data, error } = limit.safeParse(text);
      for (const { message } of error?.issues ?? []) context.addIssue(message);
      return data ?? z.NEVER;
    });

const limitsForm = z.object({
  organizationId: idSchema,
  limitGb: z.string().trim().min(1, NUMBER_OF_GB).pipe(gigabytes),
  /** Empty for what the kind of file allows */
  maxFileGb: orNoLimit(gigabytes),
  /** Empty for any number */
  maxFiles: orNoLimit(files),
});
/** GB as a form has them, in bytes. */
export const storageLimitsSchema = limitsForm.transform(({ organizationId, limitGb, maxFileGb, maxFiles }) => {
  return { organizationId, limitBytes: limitGb, maxFileBytes: maxFileGb, maxFiles };
});
export type StorageLimitsInput = z.output<typeof storageLimitsSchema>;
/** The same as a form holds it. */
export type StorageLimitsForm = z.input<typeof storageLimitsSchema>;

/** What a plan allows: bytes, and files. Null: no limit of its own. */
export type StorageLimits = { limitBytes: number; maxFileBytes: number | null; maxFiles: number | null };

/** One organization in the platform's list. Bytes; `percent` is of the limit, uploads under way included. */
export type OrganizationUsage = StorageLimits & {
  id: string;
  name: string;
  slug: string;
  usedBytes: number;
  reservedBytes: number;
  percent: number;
  files: number;
  grownBytes: number;
  /** The level that its people were warned of: 80, 95, or 0 */
  warnedPercent: number;
};
