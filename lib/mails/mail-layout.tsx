import type { ReactNode } from "react";
import { Body, Container, Head, Heading, Hr, Html, Preview, Text } from "react-email";

const sans = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif";

/** The frame of every mail: one column, system fonts, readable without pictures and in dark mode. */
export function MailLayout({ preview, heading, children }: { preview: string; heading: string; children: ReactNode }) {
  return (
    <Html lang="en">
      <Head />
      <Preview>{preview}</Preview>
      <Body style={{ backgroundColor: "#f6f4ef", color: "#22201c", fontFamily: sans, margin: 0, padding: "32px 16px" }}>
        <Container style={{ backgroundColor: "#ffffff", border: "1px solid #e5e1d8", borderRadius: 10, maxWidth: 520, padding: 32 }}>
          <Heading as="h1" style={{ fontSize: 22, lineHeight: "28px", margin: "0 0 16px" }}>
            {heading}
          </Heading>
          {children}
          <Hr style={{ borderColor: "#e5e1d8", margin: "32px 0 16px" }} />
          <Text style={{ color: "#6b665c", fontSize: 13, margin: 0 }}>Sidecar, the onboarding academy</Text>
        </Container>
      </Body>
    </Html>
  );
}
