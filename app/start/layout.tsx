import type { ReactNode } from "react";
import { PlainFrame } from "@/components/account/plain-frame";
import { findUserActor } from "@/lib/gates/require-actor";

export default async function StartLayout({ children }: { children: ReactNode }) {
  return <PlainFrame user={await findUserActor()}>{children}</PlainFrame>;
}
