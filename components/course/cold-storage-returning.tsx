import { Time } from "@/components/ui/time";
import { videoCount } from "./cold-storage-text";

/** What publishing means while videos are on their way out of cold storage. */
export function ReturningVideos({ files, readyAt }: { files: number; readyAt: Date | null }) {
  return (
    <>
      {videoCount(files)} {files === 1 ? "is" : "are"} coming back from cold storage by {files === 1 ? "itself" : "themselves"}
      {readyAt ? (
        <>
          , ready about <Time value={readyAt} format="datetime" />
        </>
      ) : null}
      . Until then learners see the lessons with a note in place of the player.
    </>
  );
}
