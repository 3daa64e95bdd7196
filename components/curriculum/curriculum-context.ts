"use client";
import { createContext, use } from "react";
import type { CurriculumEditing } from "@/hooks/use-curriculum";

/** What the rows of the curriculum's editor share. */
export interface CurriculumShared {
  org: string;
  editing: CurriculumEditing;
  /** How long what is deleted can be restored. */
  undoHours: number;
  /** Says something to screen readers after a move by menu. */
  announce: (text: string) => void;
}

export const CurriculumContext = createContext<CurriculumShared | null>(null);

/** The editor around this row. @throws Error outside of one */
export function useCurriculumContext(): CurriculumShared {
  const shared = use(CurriculumContext);
  if (!shared) throw new Error("A row of the curriculum needs its editor around it.");
  return shared;
}
