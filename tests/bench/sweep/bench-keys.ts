// What lies in the bench's bucket: so many objects under the prefixes of a hundred organizations, every so manyth of which has no row.

export const ORGANIZATIONS = 100;
export const BODY = "orphan";

export const organizationSlug = (number: number): string => `bench-${String(number).padStart(3, "0")}`;

/** The key of one object; the organizations share them evenly. In the order of keys as in that of numbers. */
export function benchKey(number: number, objects: number): string {
  const organization = organizationSlug(Math.floor((number * ORGANIZATIONS) / objects));
  return `organizations/${organization}/private/video/${String(number).padStart(10, "0")}.mp4`;
}

export const isOrphan = (number: number, objects: number, orphans: number): boolean => number % (objects / orphans) === 0;
