"use client";

/** Speeds on offer; the keys < and > walk through them. */
export const speeds = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** The next speed up or down, or the same at the end of the row. */
export function stepSpeed(speed: number, direction: 1 | -1): number {
  const ordered = direction === 1 ? speeds : [...speeds].reverse();
  return ordered.find((candidate) => (candidate - speed) * direction > 0.001) ?? speed;
}

/** The player's speed, as the browser's own select: it also works in full screen and with a phone's wheel. */
export function SpeedSelect({ speed, onChange }: { speed: number; onChange: (speed: number) => void }) {
  return (
    <select
      aria-label="Playback speed"
      value={speed}
      onChange={(event) => onChange(Number(event.target.value))}
      className="h-11 cursor-pointer appearance-none rounded-sm bg-transparent px-2 text-center text-sm text-white tabular-nums outline-offset-[-4px] hover:bg-white/15 focus-visible:outline-white [&>option]:bg-neutral-900"
    >
      {speeds.map((option) => (
        <option key={option} value={option}>
          {option}×
        </option>
      ))}
    </select>
  );
}
