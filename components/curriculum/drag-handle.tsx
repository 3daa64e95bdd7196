"use client";
import type { DraggableAttributes, DraggableSyntheticListeners } from "@dnd-kit/core";
import { GripVertical } from "lucide-react";
import type { Ref } from "react";
import { Button } from "@/components/ui/button";

/** Props of `DragHandle`: what `useSortable` gives for the part that starts a drag. */
export interface DragHandleProps {
  /** "Move lesson First steps" */
  label: string;
  ref: Ref<HTMLButtonElement>;
  attributes: DraggableAttributes;
  listeners: DraggableSyntheticListeners;
}

/** The grip by which a chapter or lesson is dragged, with pointer or keyboard. */
export function DragHandle({ label, ref, attributes, listeners }: DragHandleProps) {
  return (
    <Button
      ref={ref}
      variant="ghost"
      size="icon-sm"
      aria-label={label}
      className="cursor-grab touch-none text-muted active:cursor-grabbing"
      {...attributes}
      {...listeners}
    >
      <GripVertical aria-hidden />
    </Button>
  );
}
