import { Badge } from "@/components/ui/badge";
import { FileName } from "@/components/ui/file-name";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/core/bytes";
import { tierFailures, type ColdVideo } from "@/lib/schemas/storage-archive";
import { videoTierLabels } from "./cold-storage-text";

/** Why it is where it is, in a sentence, where the badge alone does not tell. */
function Note({ video }: { video: ColdVideo }) {
  if (video.failure) return <p className="text-danger">{tierFailures[video.failure]}</p>;
  if (video.heldBy) return <p className="text-muted">Stays at hand for “{video.heldBy}”.</p>;
  if (video.tier !== "returning" || !video.frozen) return null;
  if (!video.asked) return <p className="text-muted">To be asked for.</p>;
  if (!video.readyAt) return <p className="text-muted">Asked for. The store takes longer than it said.</p>;
  return (
    <p className="text-muted">
      Asked for, ready about <Time value={video.readyAt} format="datetime" />.
    </p>
  );
}

/** Each video of a course with where it is. */
export function ColdStorageVideos({ videos }: { videos: readonly ColdVideo[] }) {
  return (
    <Table label="Videos of this course" frameClassName="max-h-96">
      <TableHead>
        <TableRow>
          <TableHeader>Video</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader numeric className="max-sm:hidden">
            Size
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {videos.map((video) => (
          <TableRow key={video.id}>
            <TableCell className="max-sm:w-full max-sm:max-w-0">
              <p className="text-sm font-medium sm:max-w-72">
                <FileName name={video.fileName} />
              </p>
              <p className="text-sm text-muted">{video.lesson}</p>
              <p className="text-sm text-muted tabular-nums sm:hidden">{formatBytes(video.bytes)}</p>
            </TableCell>
            <TableCell>
              <Badge tone={videoTierLabels[video.tier].tone}>{videoTierLabels[video.tier].label}</Badge>
              <div className="mt-0.5 max-w-80 text-sm">
                <Note video={video} />
              </div>
            </TableCell>
            <TableCell numeric className="max-sm:hidden">
              {formatBytes(video.bytes)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
