import { Link, Text } from "react-email";
import { MailButton } from "./mail-button";
import { MailLayout } from "./mail-layout";
import { mailStyles } from "./mail-styles";

/** All texts are ready to be shown: `content` "34 files, 1.2 GB", `expires` "seven days". `page` is where the archive can be deleted. */
export type ExportReadyMailProps = { organization: string; content: string; expires: string; link: string; page: string };

/** The mail with the link of a finished export. */
export function ExportReadyMail({ organization, content, expires, link, page }: ExportReadyMailProps) {
  return (
    <MailLayout
      preview={`${content}, ready to download`}
      heading="Your export is ready"
      reason="This mail was sent to the person who asked for the export."
    >
      <Text style={mailStyles.text}>
        All courses of {organization} with their files are in one archive: {content}. The link works for {expires}.
      </Text>
      <MailButton href={link}>Download the archive</MailButton>
      <Text style={mailStyles.quiet}>
        Whoever has this link can download the archive, or import it into another organization. Pass it on with care; on the{" "}
        <Link href={page}>storage page</Link> the archive can be deleted at any time.
      </Text>
    </MailLayout>
  );
}
