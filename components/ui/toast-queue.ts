/** How a toast looks: what went well, what failed, what to mind, what to know. */
export type ToastKind = "success" | "error" | "warning" | "info";

/** The rest of a toast. */
export interface ToastOptions {
  description?: string;
  /** Milliseconds on screen; 6,000 unless said. */
  duration?: number;
  /** A toast with the same id is replaced, not repeated. */
  id?: string;
  /** One small button, such as Undo. */
  action?: { label: string; onClick: () => void };
}

/** One message on its way to the screen. */
export interface ToastMessage {
  kind: ToastKind;
  text: string;
  options?: ToastOptions | undefined;
}

let deliver: ((message: ToastMessage) => void) | null = null;
let wake: (() => void) | null = null;
const waiting: ToastMessage[] = [];

/** Shows a message, now or as soon as the panel is there. */
export function post(message: ToastMessage): void {
  if (deliver) deliver(message);
  else {
    waiting.push(message);
    wake?.();
  }
}

/** The panel takes the messages: first those that waited, then each as it comes. Answers how to stop. */
export function takeMessages(take: (message: ToastMessage) => void): () => void {
  deliver = take;
  for (const message of waiting.splice(0)) take(message);
  return () => {
    deliver = null;
  };
}

/** Calls back when a message waits for a panel. Answers how to stop. */
export function whenWaiting(call: () => void): () => void {
  wake = call;
  if (waiting.length > 0) call();
  return () => {
    wake = null;
  };
}
