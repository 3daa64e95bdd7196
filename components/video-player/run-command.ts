import type { PlayerCommand } from "@/hooks/use-player-keys";

function seekBy(video: HTMLVideoElement, seconds: number): void {
  const end = Number.isFinite(video.duration) ? video.duration : video.currentTime;
  video.currentTime = Math.min(end, Math.max(0, video.currentTime + seconds));
}

/** Asks the media-controller for what it alone can do: its requests are events that bubble up to it. */
function request(video: HTMLVideoElement, name: string): void {
  video.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
}

/** Does to the video what a key asks for. Speed is the caller's, since it is a setting. */
export function runCommand(video: HTMLVideoElement, command: Exclude<PlayerCommand, "slower" | "faster">): void {
  switch (command) {
    case "toggle":
      // A refusal to play shows in the player itself: it stays paused, or says what is wrong.
      if (video.paused) video.play().catch(() => video.pause());
      else video.pause();
      return;
    case "back":
    case "forward":
      seekBy(video, command === "back" ? -10 : 10);
      return;
    case "step-back":
    case "step-forward":
      seekBy(video, command === "step-back" ? -5 : 5);
      return;
    case "louder":
    case "softer":
      video.volume = Math.min(1, Math.max(0, video.volume + (command === "louder" ? 0.1 : -0.1)));
      return;
    case "mute":
      video.muted = !video.muted;
      return;
    case "fullscreen":
      request(video, document.fullscreenElement ? "mediaexitfullscreenrequest" : "mediaenterfullscreenrequest");
      return;
    case "captions":
      request(video, "mediatogglesubtitlesrequest");
  }
}
