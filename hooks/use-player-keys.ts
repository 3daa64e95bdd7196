"use client";
import { useEffect } from "react";

/** What a key does to a player. */
export type PlayerCommand =
  | "toggle"
  | "back"
  | "forward"
  | "step-back"
  | "step-forward"
  | "louder"
  | "softer"
  | "mute"
  | "fullscreen"
  | "captions"
  | "slower"
  | "faster";

const commands: Partial<Record<string, PlayerCommand>> = {
  " ": "toggle",
  k: "toggle",
  j: "back",
  ArrowLeft: "step-back",
  l: "forward",
  ArrowRight: "step-forward",
  ArrowUp: "louder",
  ArrowDown: "softer",
  m: "mute",
  f: "fullscreen",
  c: "captions",
  "<": "slower",
  ">": "faster",
};

/** Fields, menus and sliders have a use of their own for keys; buttons for the space bar. */
const takesKeys =
  "input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=slider], [role=menu], [role=dialog], media-time-range, media-volume-range";
const takesSpace = "a, button, summary, [role=button], [role=switch]";

/** The command of a key press, or null when the press belongs to something else on the page. */
export function playerCommandOf(event: KeyboardEvent, player: Element | null): PlayerCommand | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const command = commands[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!command) return null;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(takesKeys)) return null;
  const inside = target !== null && player !== null && player.contains(target);
  if (event.key === " " && (target?.closest(takesSpace) || target?.tagName.startsWith("MEDIA-"))) return null;
  // The vertical arrows scroll the page, unless one is in the player.
  if ((command === "louder" || command === "softer") && !inside) return null;
  return command;
}

/** Listens on the whole page while `enabled`, but never to somebody who is typing. */
export function usePlayerKeys(player: Element | null, enabled: boolean, onCommand: (command: PlayerCommand) => void): void {
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      const command = playerCommandOf(event, player);
      if (!command) return;
      event.preventDefault();
      onCommand(command);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [player, enabled, onCommand]);
}
