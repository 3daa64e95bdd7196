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

const shape = /^(?<storagePrefix>.+\/)(?:public|private)\/(?<folder>[^/]+)\/(?<id>[^/.]+)\.[^/.]+$/;

/**
 * The key of one size of a picture, beside its original's: `<storagePrefix>public|private/<folder>/<id>-w<width>.webp`. Always the same
 * for the same picture and width, so that making it again replaces it.
 *
 * @throws Error when `originalKey` was not made by `objectKey`
 */
export function variantKey(originalKey: string, { access, width }: Pick<ObjectKeyParts, "access"> & { width: number }): string {
  const { storagePrefix, folder, id } = shape.exec(originalKey)?.groups ?? {};
  if (!storagePrefix || !folder || !id) throw new Error(`no key of this house: ${originalKey}`);
  return objectKey({ storagePrefix, access, folder, id: `${id}-w${width}`, extension: "webp" });
}
