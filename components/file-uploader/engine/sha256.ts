/** SHA-256 of a blob, base64. @param read how its bytes are read @throws DOMException NotReadableError */
export async function sha256Of(blob: Blob, read: (blob: Blob) => Promise<BufferSource> = (whole) => whole.arrayBuffer()): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await read(blob)));
  return btoa(String.fromCharCode(...digest));
}
