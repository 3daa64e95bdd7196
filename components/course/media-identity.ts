import type { MediaView } from "@/lib/schemas/media";

function isMediaView(value: unknown): value is MediaView {
  return typeof value === "object" && value !== null && "fileKey" in value && "id" in value;
}

/** What a form compares a value by: a file is its id, since its signed address differs at every reading. Others are themselves. */
export function mediaIdentity(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => mediaIdentity(item));
  return isMediaView(value) ? value.id : value;
}
