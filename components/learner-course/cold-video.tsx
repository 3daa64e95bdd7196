import { Snowflake } from "lucide-react";
import { Time } from "@/components/ui/time";
import type { LearnerLesson } from "@/lib/schemas/learner-course";

/** Props of `ColdVideo`. */
export interface ColdVideoProps {
  video: NonNullable<LearnerLesson["coldVideo"]>;
  organization: string;
}

/** In place of the player, while the lesson's video can't be played: says so, what is kept, and when it plays again. */
export function ColdVideo({ video: { returning, readyAt }, organization }: ColdVideoProps) {
  return (
    <section
      aria-labelledby="cold-video"
      className="grid aspect-video content-center justify-items-center gap-2 rounded-lg border border-line bg-sunken p-6 text-center"
    >
      <Snowflake aria-hidden strokeWidth={1.5} className="size-7 text-muted" />
      <h2 id="cold-video" className="text-base font-semibold">
        {returning ? "This video is being brought back" : "This video is in cold storage"}
      </h2>
      <p className="max-w-md text-sm leading-6 text-pretty text-muted">
        {returning ? (
          readyAt ? (
            <>
              It was in cold storage, and should play again by <Time value={readyAt} format="datetime" />.
            </>
          ) : (
            "It was in cold storage, and plays again soon. Come back later."
          )
        ) : (
          `The course is archived, so its videos are kept where they can’t be played at once. Ask ${organization} to bring them back.`
        )}{" "}
        Your progress is kept.
      </p>
    </section>
  );
}
