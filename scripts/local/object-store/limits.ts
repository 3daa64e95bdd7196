// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
/** Largest single PUT, part or copy source, in bytes. */
export const MAX_SINGLE_BYTES = 5 * 1024 ** 3;
/** Smallest part but the last, in bytes. */
export const MIN_PART_BYTES = 5 * 1024 ** 2;
/** Part numbers run from 1 to this. */
export const MAX_PART_NUMBER = 10_000;
/** Largest page of any listing, and most keys of one DeleteObjects. */
export const MAX_PAGE = 1000;
/** Largest document body, in bytes: the parts of a 10,000-part completion fit. */
export const MAX_DOCUMENT_BYTES = 4 * 1024 ** 2;
