import { Button, Section } from "react-email";
import { sans } from "./mail-styles";

/** The one act of a mail. The layout's mails repeat its address as text, for programs that drop buttons. */
export function MailButton({ href, children }: { href: string; children: string }) {
  return (
    <Section style={{ margin: "8px 0 24px" }}>
      <Button
        href={href}
        style={{
          backgroundColor: "#1d5b50",
          borderRadius: 10,
          color: "#ffffff",
          display: "inline-block",
          fontFamily: sans,
          fontSize: 16,
          fontWeight: 600,
          lineHeight: "24px",
          padding: "12px 24px",
          textDecoration: "none",
        }}
      >
        {children}
      </Button>
    </Section>
  );
}
