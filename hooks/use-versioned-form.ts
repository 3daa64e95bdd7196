"use client";
import { useState } from "react";
import type { ActionResult } from "@/lib/core/result";
import { mergeFields } from "@/lib/core/merge-fields";
import { stableJson } from "@/lib/core/stable-json";
import { useAction } from "./use-action";

/** One saved state of a thing that several people may edit. */
export interface Versioned<V> {
  version: number;
  values: V;
  editedAt: Date;
  /** Name of who saved it; null when they are gone. */
  editedBy: string | null;
}

/** A field that another save changed since the form was filled. */
export interface Difference<V> {
  key: keyof V;
  /** Changed here as well, and to something else: keeping one loses the other. */
  both: boolean;
}

/** What `useVersionedForm` needs. */
export interface VersionedFormOptions<V> {
  /** The state from the server; a newer one is taken over while nothing is unsaved. */
  saved: Versioned<V>;
  save: (values: V, version: number) => Promise<ActionResult<Versioned<V>>>;
  /** Reads the state as it is now, after a save was refused. */
  read: () => Promise<ActionResult<Versioned<V>>>;
  /** What a value is compared by, where that is not the value itself: a file is its id, not its signed address. */
  identify?: (value: V[keyof V]) => unknown;
}

/**
 * A form over something that has a version. A save that is refused because somebody else saved first becomes a `conflict`, which the
 * person decides: nothing is overwritten, on either side, without being seen. What is typed while a save is under way stays.
 */
export function useVersionedForm<V extends Record<string, unknown>>(options: VersionedFormOptions<V>) {
  const { saved, identify = (value: unknown) => value } = options;
  const [base, setBase] = useState(saved);
  const [values, setValues] = useState(saved.values);
  const [conflict, setConflict] = useState<Versioned<V> | null>(null);
  // Uncontrolled parts, such as the rich text editor, begin anew with each revision.
  const [revision, setRevision] = useState(0);
  const saveAction = useAction(options.save);
  const readAction = useAction(options.read);

  const same = <K extends keyof V>(_key: K, left: V[K], right: V[K]) => stableJson(identify(left)) === stableJson(identify(right));
  const keys = Object.keys(values) as (keyof V)[];
  const dirty = keys.some((key) => !same(key, base.values[key], values[key]));

  const restart = (from: Versioned<V>, next: V) => {
    setBase(from);
    setValues(next);
    setRevision((current) => current + 1);
    setConflict(null);
  };
  if (!dirty && saved.version > base.version) restart(saved, saved.values);

  const submit = async (sent: V, version: number) => {
    const outcome = await saveAction.run(sent, version);
    if (outcome.ok) {
      setBase(outcome.data);
      setValues((current) => mergeFields({ base: sent, mine: current, theirs: outcome.data.values }, same));
      setConflict(null);
      return;
    }
    if (outcome.error.code !== "CONFLICT") return;
    const theirs = await readAction.run();
    if (theirs.ok) setConflict(theirs.data);
  };

  const differences: Difference<V>[] = conflict
    ? keys
        .filter((key) => !same(key, base.values[key], conflict.values[key]))
        .map((key) => ({
          key,
          both: !same(key, base.values[key], values[key]) && !same(key, values[key], conflict.values[key]),
        }))
    : [];

  return {
    values,
    /** The state that the form began from, with its version. */
    base,
    revision,
    dirty,
    pending: saveAction.pending || readAction.pending,
    error: readAction.error ?? saveAction.error,
    fieldErrors: saveAction.fieldErrors,
    set: (change: Partial<V>) => setValues((current) => ({ ...current, ...change })),
    /** The same, where the change follows from the values as they are by then. */
    update: (change: (current: V) => Partial<V>) => setValues((current) => ({ ...current, ...change(current) })),
    save: () => submit(values, base.version),
    /** Saves this change of what is saved, at once; whatever else was changed here stays as it is, unsaved. */
    saveWith: (change: Partial<V>) => {
      setValues((current) => ({ ...current, ...change }));
      return submit({ ...base.values, ...change }, base.version);
    },
    discard: () => {
      saveAction.reset();
      restart(base, base.values);
    },
    conflict,
    differences,
    /** Puts the other save into the form; what was typed here goes. */
    takeTheirs: () => {
      if (!conflict) return;
      saveAction.reset();
      restart(conflict, conflict.values);
    },
    /** Saves over the other save: the fields that were changed here stay, all others become theirs. */
    keepMine: async () => {
      if (!conflict) return;
      const merged = mergeFields({ base: base.values, mine: values, theirs: conflict.values }, same);
      restart(conflict, merged);
      await submit(merged, conflict.version);
    },
    /** Back to the form, with nothing decided. */
    postpone: () => setConflict(null),
  };
}
