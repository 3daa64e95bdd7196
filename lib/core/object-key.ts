export type ObjectKeyParts = {
  /** Ends with a slash; never changes during an organization's life */
  storagePrefix: string;
  access: "public" | "private";
  /** What it is, in small letters: "video" */
  folder: string;
  id: string;
  /** Without the dot */
  extension: string;
};

/**
 * The key of a new object: `<storagePrefix>public|private/<folder>/<id>.<extension>`. All of it is the server's own; the name that a
 * person gave the file stays in the ledger.
 */
export function objectKey({ storagePrefix, access, folder, id, extension }: ObjectKeyParts): string {
  return `${storagePrefix}${access}/${folder}/${id}.${extension}`;
}
