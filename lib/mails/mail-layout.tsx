import type { ReactNode } from "react";
import { Body, Container, Head, Heading, Hr, Html, Preview, Text } from "react-email";
import { mailStyles, sans } from "./mail-styles";

/** `reason`: why the reader gets this mail, in a sentence. */
export type MailLayoutProps = { preview: string; heading: string; reason?: string; children: ReactNode };

const ASKED = "This mail was sent once, because somebody asked for it.";

/** The frame of every mail: one column, system fonts, readable without pictures and where a program darkens it. */
export function MailLayout({ preview, heading, reason = ASKED, children }: MailLayoutProps) {
  return (
    <Html lang="en">
      <Head>
        <meta name="color-scheme" content="light" />
        <meta name="supported-color-schemes" content="light" />
      </Head>
      <Preview>{preview}</Preview>
      <Body style={{ backgroundColor: "#faf7f1", color: "#211e19", fontFamily: sans, margin: 0, padding: "32px 12px" }}>
        <Container
          style={{ backgroundColor: "#ffffff", border: "1px solid #e5dfd3", borderRadius: 10, maxWidth: 520, padding: "32px 28px 24px" }}
        >
          <Text style={{ color: "#1d5b50", fontSize: 14, fontWeight: 600, lineHeight: "20px", margin: "0 0 20px" }}>Sidecar</Text>
          <Heading as="h1" style={{ fontSize: 24, letterSpacing: "-0.02em", lineHeight: "32px", margin: "0 0 16px" }}>
            {heading}
          </Heading>
          {children}
          <Hr style={{ borderColor: "#e5dfd3", margin: "24px 0 16px" }} />
          <Text style={{ ...mailStyles.quiet, fontSize: 13, lineHeight: "20px", margin: 0 }}>
            Sidecar is an academy for clients and their teams. {reason}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}
