import type { UploadItem, UploadStatus } from "@/components/file-uploader/engine/upload-item";

const MIB = 1024 ** 2;

/** An upload as the engine would list it: a lesson's video of 100 MiB, a quarter of it sent. */
export function uploadItem(status: UploadStatus, change: Partial<UploadItem> = {}): UploadItem {
  return {
    id: "1",
    mediaFileId: "media-1",
    org: "northwind",
    kind: "VIDEO",
    fileName: "keynote.mp4",
    size: 100 * MIB,
    sent: 25 * MIB,
    bytesPerSecond: null,
    secondsLeft: null,
    status,
    destination: { href: "/o/northwind/admin/courses/c/lessons/l", label: "Video of Ask one question" },
    localUrl: null,
    ...change,
  };
}
