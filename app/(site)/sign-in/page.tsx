import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { Route } from "next";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { returnMessage } from "@/components/sign-in/sign-in-message";
import { Alert } from "@/components/ui/alert";
import { githubEnabled } from "@/lib/auth";
import { safeNextPath } from "@/lib/core/safe-path";
import { findUnverifiedAddress, findUserActor } from "@/lib/gates/require-actor";
import { emailSchema } from "@/lib/schemas/email";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const query = await searchParams;
  const next = safeNextPath(query.next);
  if (await findUserActor()) redirect(next as Route);
  const unverified = await findUnverifiedAddress();
  const email = emailSchema.safeParse(query.email).data ?? unverified ?? "";
  return (
    <div className="container-page grid max-w-md gap-6 pt-10 sm:pt-20">
      {typeof query.error === "string" ? <Alert tone="warning">{returnMessage(query.error)}</Alert> : null}
      {unverified ? <Alert tone="warning">GitHub has not verified {unverified}. Prove it once with a code.</Alert> : null}
      <SignInForm next={next} email={email} github={githubEnabled} />
    </div>
  );
}
