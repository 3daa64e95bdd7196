"use client";
import { ArrowDown, ArrowUp, Ellipsis, FolderInput, Pencil, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

/** Props of `ItemMenu`. A move that is missing is not possible. */
export interface ItemMenuProps {
  /** "More acts on lesson First steps" */
  label: string;
  onRename: () => void;
  onDelete: () => void;
  onUp?: (() => void) | undefined;
  onDown?: (() => void) | undefined;
  /** Chapters that a lesson can go to. */
  chapters?: readonly { id: string; title: string }[];
  onMoveTo?: (chapterId: string) => void;
}

/** Everything that dragging can do, and the rest, as a menu: for touch and screen readers, and for long ways. */
export function ItemMenu({ label, onRename, onDelete, onUp, onDown, chapters = [], onMoveTo }: ItemMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={label} className="text-muted">
          <Ellipsis aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="max-w-72">
        <DropdownMenuItem onSelect={onRename}>
          <Pencil aria-hidden /> Rename
        </DropdownMenuItem>
        <DropdownMenuItem disabled={!onUp} onSelect={onUp}>
          <ArrowUp aria-hidden /> Move up
        </DropdownMenuItem>
        <DropdownMenuItem disabled={!onDown} onSelect={onDown}>
          <ArrowDown aria-hidden /> Move down
        </DropdownMenuItem>
        {onMoveTo && chapters.length > 0 ? (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuLabel>Move to the end of</DropdownMenuLabel>
            {chapters.map((chapter) => (
              <DropdownMenuItem key={chapter.id} onSelect={() => onMoveTo(chapter.id)}>
                <FolderInput aria-hidden /> <span className="truncate">{chapter.title}</span>
              </DropdownMenuItem>
            ))}
          </>
        ) : null}
        <DropdownMenuSeparator />
        <DropdownMenuItem tone="danger" onSelect={onDelete}>
          <Trash2 aria-hidden /> Delete
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
