"use client";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { useCountdown } from "@/hooks/use-countdown";
import { authClient } from "@/lib/auth-client";
import { AddressStep } from "./address-step";
import { CodeStep } from "./code-step";
import { GithubButton } from "./github-button";
import { failureOf } from "./sign-in-call";

/** Seconds between two codes: a mail takes a few to arrive. */
const RESEND_AFTER = 30;

/** Props of `SignInForm`. */
export interface SignInFormProps {
  /** A path of this site; the page has checked it. */
  next: string;
  email: string;
  github: boolean;
}

/** Signing in: the address, then the code. Or GitHub, where it is set up. */
export function SignInForm({ next, email: knownEmail, github }: SignInFormProps) {
  const [email, setEmail] = useState(knownEmail);
  const [step, setStep] = useState<"address" | "code">("address");
  const [pending, setPending] = useState(false);
  const [resending, setResending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const countdown = useCountdown();

  const mailCode = async (address: string): Promise<boolean> => {
    const failure = await failureOf(() => authClient.emailOtp.sendVerificationOtp({ email: address, type: "sign-in" }));
    setError(failure);
    if (!failure) countdown.start(RESEND_AFTER);
    return !failure;
  };
  const begin = async (address: string) => {
    setEmail(address);
    setPending(true);
    if (await mailCode(address)) setStep("code");
    setPending(false);
  };
  const resend = async () => {
    setResending(true);
    if (await mailCode(email)) toast.success("A new code is on its way. The earlier one no longer works.");
    setResending(false);
  };
  const finish = async (otp: string): Promise<boolean> => {
    setPending(true);
    setError(null);
    const failure = await failureOf(() => authClient.signIn.emailOtp({ email, otp }));
    // A full page load: every part of the next page must be made for this person.
    if (!failure) window.location.assign(next);
    else setPending(false);
    setError(failure);
    return !failure;
  };

  if (step === "code") {
    return (
      <CodeStep
        email={email}
        pending={pending}
        error={error}
        wait={countdown.left}
        resending={resending}
        onSubmit={finish}
        onResend={() => void resend()}
        onChangeAddress={() => {
          setStep("address");
          setError(null);
        }}
      />
    );
  }
  return (
    <div className="grid gap-5">
      <AddressStep email={email} pending={pending} error={error} onSubmit={(address) => void begin(address)} />
      {github ? <GithubButton next={next} onError={setError} /> : null}
    </div>
  );
}
