import { Text } from "react-email";
import { MailButton } from "./mail-button";
import { MailLayout } from "./mail-layout";
import { mailStyles } from "./mail-styles";

/** All texts are ready to be shown: `outcome` a sentence, `figures` pairs such as ["Orphans put aside", "12 (3.4 MB)"]. */
export type SweepReportMailProps = {
  heading: string;
  outcome: string;
  figures: readonly (readonly [string, string])[];
  link: string;
};

/** The mail that tells the platform's staff what a sweep of the storage found and did. */
export function SweepReportMail({ heading, outcome, figures, link }: SweepReportMailProps) {
  return (
    <MailLayout preview={outcome} heading={heading} reason="This mail was sent to the staff of the platform, once for each sweep.">
      <Text style={mailStyles.text}>{outcome}</Text>
      {figures.map(([name, value]) => (
        <Text key={name} style={{ ...mailStyles.text, margin: "0 0 4px" }}>
          {name}: <strong>{value}</strong>
        </Text>
      ))}
      <div style={{ height: 16 }} />
      <MailButton href={link}>Look at every finding</MailButton>
    </MailLayout>
  );
}
