import { Section, Text } from "react-email";
import { MailLayout } from "./mail-layout";
import { mailStyles, mono } from "./mail-styles";

/** The mail with a six-digit sign-in code. `site` is the host it is for, so that a code is not typed into another. */
export function SignInCodeMail({ code, minutes, site }: { code: string; minutes: number; site: string }) {
  return (
    <MailLayout preview={`${code} is your code for ${site}. It works for ${minutes} minutes.`} heading="Your sign-in code">
      <Section style={{ backgroundColor: "#f1ece2", borderRadius: 10, margin: "0 0 24px", textAlign: "center" }}>
        <Text
          style={{
            color: "#211e19",
            fontFamily: mono,
            fontSize: 34,
            fontWeight: 600,
            letterSpacing: 8,
            lineHeight: "44px",
            margin: "16px 0",
          }}
        >
          {code}
        </Text>
      </Section>
      <Text style={mailStyles.text}>
        Type it on the page where you asked for it, at {site}. It works once, for {minutes} minutes; a newer code replaces it.
      </Text>
      <Text style={mailStyles.quiet}>
        You did not ask for it? Then you can ignore this mail: nobody can sign in without the code. We never ask for it by phone or chat.
      </Text>
    </MailLayout>
  );
}
