import { Text } from "react-email";
import { MailLayout } from "./mail-layout";

/** The mail with a six-digit sign-in code. */
export function SignInCodeMail({ code, minutes }: { code: string; minutes: number }) {
  return (
    <MailLayout preview={`${code} is your sign-in code`} heading="Your sign-in code">
      <Text style={{ fontSize: 32, fontWeight: 600, letterSpacing: 6, margin: "8px 0 16px", fontFamily: "monospace" }}>{code}</Text>
      <Text style={{ fontSize: 15, lineHeight: "24px", margin: 0 }}>
        Type it where you asked for it. It works once, for {minutes} minutes. If you did not ask for it, you can ignore this mail: nobody
        can sign in without the code.
      </Text>
    </MailLayout>
  );
}
