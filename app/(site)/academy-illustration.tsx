import { Check, Play } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { ProgressRing } from "@/components/ui/progress-ring";

const lessons = [
  { title: "Welcome aboard", length: "2:10", state: "done" },
  { title: "Who does what", length: "4:35", state: "done" },
  { title: "Connect your calendar", length: "6:02", state: "current" },
  { title: "Your first report", length: "5:48", state: "next" },
  { title: "Where to ask", length: "1:54", state: "next" },
] as const;

/** A drawing of a lesson page, made of the product's own parts. The page describes it in words. */
export function AcademyIllustration() {
  return (
    <div aria-hidden inert className="relative select-none">
      <div className="overflow-hidden rounded-xl border border-line-strong bg-surface shadow-float">
        <div className="flex h-12 items-center justify-between border-b border-line px-4">
          <span className="flex items-center gap-2 text-sm font-semibold">
            <span className="grid size-6 place-items-center rounded-sm bg-accent text-2xs text-on-accent">YA</span>
            Your agency
          </span>
          <span className="text-xs text-muted">Lesson 3 of 5</span>
        </div>
        <div className="grid sm:grid-cols-[minmax(0,1fr)_15rem]">
          <div className="p-4 sm:p-5 sm:pb-10">
            <div className="relative aspect-video overflow-hidden rounded-md bg-[#1c2b27] text-[#efe9df]">
              <svg viewBox="0 0 320 180" className="absolute inset-0 size-full" fill="none">
                <path d="M0 138c46-30 84-34 128-14s98 22 192-26v82H0z" fill="#27423b" />
                <path d="M0 160c60-24 120-22 176-8s100 8 144-10v38H0z" fill="#33584e" />
                <circle cx="244" cy="52" r="20" fill="#e9b969" />
              </svg>
              <span className="absolute inset-0 m-auto grid size-14 place-items-center rounded-full bg-[#efe9df] text-[#171512]">
                <Play className="ml-0.5 size-6 fill-current" />
              </span>
              <span className="absolute inset-x-3 bottom-3 grid gap-1.5">
                <span className="flex justify-between font-mono text-2xs">
                  <span>2:31</span>
                  <span>6:02</span>
                </span>
                <span className="h-1 rounded-full bg-[#efe9df]/30">
                  <span className="block h-1 w-[42%] rounded-full bg-[#efe9df]" />
                </span>
              </span>
            </div>
            <p className="mt-4 font-semibold">Connect your calendar</p>
            <p className="mt-1 text-sm text-muted">So bookings land where you already look.</p>
          </div>
          <div className="border-line max-sm:border-t sm:border-l">
            <div className="flex items-center gap-3 p-4">
              <ProgressRing label="Progress" value={2} max={5} size={40}>
                40%
              </ProgressRing>
              <span className="grid text-sm">
                <span className="font-medium">Getting started</span>
                <span className="text-xs text-muted">2 of 5 done</span>
              </span>
            </div>
            <ol className="border-t border-line py-2">
              {lessons.map((lesson) => (
                <li
                  key={lesson.title}
                  className={cn(
                    "flex items-center gap-2.5 px-4 py-2 text-xs",
                    lesson.state === "current" && "bg-accent-soft font-medium text-accent-text",
                    lesson.state === "done" && "text-muted",
                  )}
                >
                  <span
                    className={cn(
                      "grid size-4 shrink-0 place-items-center rounded-full border border-line-control",
                      lesson.state === "done" && "border-accent bg-accent text-on-accent",
                      lesson.state === "current" && "border-accent-text",
                    )}
                  >
                    {lesson.state === "done" ? <Check strokeWidth={3} className="size-2.5" /> : null}
                  </span>
                  <span className="truncate">{lesson.title}</span>
                  <span className="ml-auto font-mono text-2xs tabular-nums">{lesson.length}</span>
                </li>
              ))}
            </ol>
          </div>
        </div>
      </div>
      <div className="absolute -bottom-9 left-8 flex items-center gap-3 rounded-md border border-line-strong bg-raised px-4 py-3 text-sm shadow-float max-sm:hidden">
        <Badge tone="positive">Done</Badge>
        Next for you: <span className="font-medium">Your first report</span>
      </div>
    </div>
  );
}
