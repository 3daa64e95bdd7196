/** Wider than any screen's player is high enough for a poster; pixels. */
const MAX_WIDTH = 1920;
const JPEG_QUALITY = 0.9;

export type CapturedFrame = { ok: true; file: File } | { ok: false; message: string };

function clockName(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(seconds / 60)}m${two(seconds % 60)}s`;
}

/**
 * The picture that a video shows now, as a JPEG file of at most 1920 pixels in width. Says why when there is none: the browser does not
 * give out the pixels of a video from another site that does not allow it (HTML Standard, "The canvas element", origin-clean).
 *
 * @param videoName the video's file name, of which the picture gets its own
 */
export async function captureFrame(video: HTMLVideoElement, videoName: string): Promise<CapturedFrame> {
  const { videoWidth, videoHeight, currentTime } = video;
  if (videoWidth === 0 || videoHeight === 0)
    return { ok: false, message: "This file has sound but no picture to take. Upload a picture instead." };
  const scale = Math.min(1, MAX_WIDTH / videoWidth);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  const context = canvas.getContext("2d");
  if (!context) return { ok: false, message: "This browser can't take a picture of a video. Upload a picture instead." };
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  const { promise, resolve } = Promise.withResolvers<Blob | null>();
  try {
    canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return { ok: false, message: "File storage does not let this page read the video's frames. Upload a picture instead." };
  }
  const blob = await promise;
  if (!blob) return { ok: false, message: "This frame could not be made into a picture. Try another one, or upload a picture." };
  const base = videoName.replace(/\.[^.]*$/, "") || "video";
  return { ok: true, file: new File([blob], `${base} ${clockName(currentTime)}.jpg`, { type: "image/jpeg" }) };
}
