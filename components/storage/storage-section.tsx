import type { ReactNode } from "react";

/** A titled part of the storage overview; `id` is of its heading. */
export function StorageSection({ id, title, about, children }: { id: string; title: string; about?: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="grid grid-cols-1 gap-3">
      <div className="grid gap-1">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {about ? <p className="text-sm text-muted">{about}</p> : null}
      </div>
      {children}
    </section>
  );
}
