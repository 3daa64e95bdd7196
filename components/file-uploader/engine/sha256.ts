/**
 * SHA-256 of a blob, base64; its bytes are let go of at once rather than when the collector comes. @throws DOMException NotReadableError
 */
export async function sha256Of(blob: Blob): Promise<string> {
  const bytes = await blob.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  // Not in every browser yet; there the collector does it.
  if ("transfer" in bytes) bytes.transfer(0);
  return btoa(String.fromCharCode(...digest));
}
