"use client";
import { Snowflake } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import { usePageRefresh } from "@/hooks/use-page-refresh";
import type { ColdStorage as Cold } from "@/lib/schemas/storage-archive";
import { savingSentence, videoCount, videoSum, whatLearnersNotice } from "./cold-storage-text";
import { ColdStorageVideos } from "./cold-storage-videos";
import type { MemberAction } from "./member-action";

/** While videos are copied, and while the store brings frozen ones back; milliseconds. */
const SOON = 3_000;
const LATER = 60_000;

/** Props of `ColdStorage`. */
export interface ColdStorageProps {
  org: string;
  cold: Cold;
  canManage: boolean;
  cool: MemberAction<{ courseId: string }, void>;
  recall: MemberAction<{ courseId: string }, void>;
}

function refreshPace({ sums, videos }: Cold): number | null {
  if (sums.leaving.files > 0) return SOON;
  if (sums.returning.files === 0) return null;
  return videos.every((video) => video.tier !== "returning" || video.asked) ? LATER : SOON;
}

function Progress({ label, done, of, children }: { label: string; done: number; of: number; children: ReactNode }) {
  return (
    <div className="grid gap-2">
      <p className="text-sm">{children}</p>
      <ProgressBar label={label} value={done} max={of} valueText={`${done} of ${videoCount(of)}`} />
    </div>
  );
}

/** Where the videos are now, and what is under way, in a sentence or two. */
function State({ cold }: { cold: Cold }) {
  const { sums, coldSince, way, saving, readyAt, videos } = cold;
  const back = sums.returning.files;
  if (back > 0) {
    return (
      <Progress label="Videos that are back" done={videos.length - back} of={videos.length}>
        {videoSum(sums.returning)}: coming back from cold storage
        {readyAt ? (
          <>
            , asked for and ready about <Time value={readyAt} format="datetime" />
          </>
        ) : null}
        . You can leave this page; nothing is lost meanwhile.
      </Progress>
    );
  }
  if (coldSince && sums.leaving.files > 0) {
    return (
      <Progress label="Videos in cold storage" done={sums.cold.files} of={saving.files}>
        {`${sums.cold.files} of ${videoCount(saving.files)} in cold storage. The others are on their way; you can leave this page.`}
      </Progress>
    );
  }
  if (coldSince) {
    return (
      <p className="text-sm">
        In cold storage since <Time value={coldSince} format="date" />: {videoSum(sums.cold)}. {way ? whatLearnersNotice(cold) : null}
      </p>
    );
  }
  if (!way) return <p className="text-sm text-muted">No cold storage is set up here. The platform’s staff can set it up.</p>;
  if (saving.files === 0) return <p className="text-sm text-muted">Other courses use all of its videos, so they stay at hand.</p>;
  const stay = videos.length - saving.files;
  return (
    <p className="text-sm">
      {`${videoSum(saving)}, can move to where storage costs less until the course is needed again. ${savingSentence(cold) ?? ""} `}
      {stay > 0 ? `Other courses need ${videoCount(stay)}, which stay at hand.` : null}
    </p>
  );
}

/** Cold storage of an archived course's videos: what it saves, the way there and the way back. */
export function ColdStorage({ org, cold, canManage, cool, recall }: ColdStorageProps) {
  const router = useRouter();
  const onError = (error: { message: string }) => toast.error(error.message);
  const cooling = useAction(cool, { onError });
  const recalling = useAction(recall, { onError });
  usePageRefresh(refreshPace(cold));
  const { courseId, coldSince, way, status, saving } = cold;
  const offersCooling = status === "ARCHIVED" && coldSince === null && way !== null && saving.files > 0;
  const act = async (action: typeof cooling, said: string) => {
    const outcome = await action.run({ org, courseId });
    if (outcome.ok) toast.success(said);
    router.refresh();
    return outcome.ok;
  };
  return (
    <Card>
      <CardHeader
        title={
          <span className="flex items-center gap-2">
            <Snowflake aria-hidden className="size-4 text-muted" /> Cold storage
          </span>
        }
        actions={
          canManage && offersCooling ? (
            <ConfirmDialog
              trigger={<Button variant="secondary">Move to cold storage</Button>}
              title={`Move ${videoCount(saving.files)} to cold storage?`}
              description={`${whatLearnersNotice(cold)} ${savingSentence(cold) ?? ""}`}
              confirmLabel="Move videos"
              tone="primary"
              onConfirm={() => act(cooling, "On the way to cold storage.")}
            />
          ) : canManage && coldSince ? (
            <Button variant="secondary" pending={recalling.pending} onClick={() => void act(recalling, "The videos are coming back.")}>
              Bring videos back
            </Button>
          ) : null
        }
      />
      <CardBody className="grid grid-cols-1 gap-4 pt-3 sm:pt-3">
        <State cold={cold} />
        <details>
          <summary className="w-fit cursor-pointer py-1 text-sm font-medium text-accent-text">Each video</summary>
          <div className="mt-2">
            <ColdStorageVideos videos={cold.videos} />
          </div>
        </details>
      </CardBody>
    </Card>
  );
}
