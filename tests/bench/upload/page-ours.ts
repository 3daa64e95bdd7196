import { createBrowserDoors } from "@/components/file-uploader/engine/browser-doors";
import { createTransfer } from "@/components/file-uploader/engine/transfer";
import { createUploadApi } from "@/components/file-uploader/engine/upload-api";

/** The product's own engine with its real doors. The clock runs from before the file is first read until the upload is completed. */
export function prepareOurs(file: File): Promise<() => Promise<void>> {
  return Promise.resolve(async () => {
    const transfer = createTransfer({
      ...createBrowserDoors(),
      api: createUploadApi("bench"),
      file,
      kind: "VIDEO",
      contentType: "video/mp4",
      onChange: () => undefined,
    });
    await transfer.run();
  });
}
