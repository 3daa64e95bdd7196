import type { ReactNode } from "react";

function Command({ children }: { children: string }) {
  return (
    <pre className="rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">
      {children}
    </pre>
  );
}

function Step({ title, command, children }: { title: string; command?: string; children: ReactNode }) {
  return (
    <li className="grid min-w-0 content-start gap-1.5">
      <p className="font-medium">{title}</p>
      <p className="text-muted">{children}</p>
      {command ? <Command>{command}</Command> : null}
    </li>
  );
}

/** How to begin a move. `other` is the name of the other end, null without one. */
export function StorageMoveGuide({ other }: { other: { name: string } | null }) {
  const target = other?.name ?? "<new name>";
  return (
    <div className="grid gap-8 text-sm lg:grid-cols-2">
      <div className="grid min-w-0 content-start gap-4">
        <h3 className="font-semibold">To another provider</h3>
        <ol className="grid min-w-0 list-inside gap-4">
          <Step title="1. Copy ahead" command={`npm run migrate:provider -- copy --to ${target} --rate 50`}>
            {other ? "Each file is read from the new bucket once its copy is proved." : "Set OTHER_STORE_URL to the new bucket first."}{" "}
            Uploads go on.
          </Step>
          <Step title="2. Switch">
            Give the AWS settings and S3_STORE_NAME the new bucket, OTHER_STORE_URL the old one under its old name, and deploy.
          </Step>
          <Step
            title="3. Copy the rest, and check"
            command={`npm run migrate:provider -- copy --to ${target}\nnpm run migrate:provider -- verify --to ${target}`}
          >
            Run both until nothing is left and nothing differs. To go back, switch back and name the old one.
          </Step>
          <Step title="4. Delete what is left" command="npm run migrate:provider -- delete --confirm <old bucket> --dry-run">
            Refused while a file lies in the old bucket, or without a check after the last copy.
          </Step>
        </ol>
      </div>
      <div className="grid min-w-0 content-start gap-4">
        <h3 className="font-semibold">To another prefix</h3>
        <ol className="grid min-w-0 list-inside gap-4">
          <Step title="1. Look" command="npm run migrate:files -- organizations/old/ organizations/new/ --dry-run --report move.csv">
            Files keep their names, uses and learners’ progress. Only their keys in the bucket change.
          </Step>
          <Step title="2. Move" command="npm run migrate:files -- organizations/old/ organizations/new/ --rate 50">
            New uploads go under the new prefix at once. Old objects stay for four hours, for addresses that are in use; a job deletes them
            then.
          </Step>
        </ol>
      </div>
    </div>
  );
}
