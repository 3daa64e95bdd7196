"use client";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Time } from "@/components/ui/time";
import type { Difference, Versioned } from "@/hooks/use-versioned-form";

/** Props of `ConflictDialog`. */
export interface ConflictDialogProps<V> {
  /** "course" or "lesson". */
  noun: string;
  theirs: Versioned<V> | null;
  mine: V;
  differences: readonly Difference<V>[];
  labels: Record<keyof V, string>;
  /** A field in a few words. */
  describe: (key: keyof V, values: V) => string;
  pending: boolean;
  onTakeTheirs: () => void;
  onKeepMine: () => void;
  onPostpone: () => void;
}

/**
 * Two people, or two tabs, saved the same thing. Shows what the other save changed before anything is overwritten, and leaves the
 * choice to the person.
 */
export function ConflictDialog<V>({ theirs, noun, differences, labels, describe, mine, ...props }: ConflictDialogProps<V>) {
  const overlap = differences.some((difference) => difference.both);
  return (
    <Dialog
      open={theirs !== null}
      onOpenChange={(open) => {
        if (!open) props.onPostpone();
      }}
    >
      <DialogContent
        wide
        title={`This ${noun} was saved meanwhile`}
        description={
          theirs ? (
            <>
              {theirs.editedBy ?? "Somebody"} saved it <Time value={theirs.editedAt} />, after you opened it. Your changes are still in the
              form and nothing was overwritten.
            </>
          ) : null
        }
        footer={
          <>
            <Button variant="ghost" onClick={props.onPostpone}>
              Decide later
            </Button>
            <Button variant="secondary" onClick={props.onTakeTheirs} disabled={props.pending}>
              Take theirs, drop mine
            </Button>
            <Button onClick={props.onKeepMine} pending={props.pending}>
              {overlap ? "Keep mine" : "Save mine and theirs"}
            </Button>
          </>
        }
      >
        {theirs ? (
          <div className="grid gap-4 text-sm">
            {differences.length === 0 ? <p>Nothing in it differs from what you began with, so saving yours loses nothing.</p> : null}
            <ul className="grid gap-4">
              {differences.map(({ key, both }) => (
                <li key={String(key)} className="grid gap-2 border-t border-line pt-3 first:border-t-0 first:pt-0">
                  <p className="font-medium">{labels[key]}</p>
                  <dl className="grid gap-2 sm:grid-cols-2">
                    <div className="rounded-md bg-sunken p-3">
                      <dt className="text-xs text-muted">Saved meanwhile</dt>
                      <dd className="wrap-break-word">{describe(key, theirs.values)}</dd>
                    </div>
                    <div className="rounded-md bg-sunken p-3">
                      <dt className="text-xs text-muted">{both ? "Yours" : "Yours: not changed, the other will be kept"}</dt>
                      <dd className="wrap-break-word">{describe(key, mine)}</dd>
                    </div>
                  </dl>
                </li>
              ))}
            </ul>
            {overlap ? (
              <p className="text-muted">
                Keeping yours replaces theirs where both changed the same field. Fields that only they changed stay as they made them.
              </p>
            ) : null}
          </div>
        ) : null}
      </DialogContent>
    </Dialog>
  );
}
