import { expect, it, vi } from "vitest";
import { post, takeMessages, whenWaiting, type ToastMessage } from "@/components/ui/toast-queue";

const saved: ToastMessage = { kind: "success", text: "Saved" };
const failed: ToastMessage = { kind: "error", text: "Not saved", options: { id: "save" } };

it("keeps messages until there is a panel, asks for one, and then delivers each once and in order", () => {
  const ask = vi.fn();
  const stopAsking = whenWaiting(ask);
  post(saved);
  post(failed);
  expect(ask).toHaveBeenCalledTimes(2);

  const shown: ToastMessage[] = [];
  const stop = takeMessages((message) => shown.push(message));
  post(saved);
  expect(shown).toEqual([saved, failed, saved]);
  expect(ask).toHaveBeenCalledTimes(2);

  stop();
  stopAsking();
  post(failed);
  expect(shown).toHaveLength(3);

  const later = vi.fn();
  whenWaiting(later);
  expect(later).toHaveBeenCalledOnce();
  takeMessages((message) => shown.push(message));
  expect(shown).toEqual([saved, failed, saved, failed]);
});
