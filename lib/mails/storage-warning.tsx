import { Text } from "react-email";
import { MailButton } from "./mail-button";
import { MailLayout } from "./mail-layout";
import { mailStyles } from "./mail-styles";

/** All texts are ready to be shown: `used` "48 GB", `limit` "50 GB". */
export type StorageWarningMailProps = { organization: string; percent: number; used: string; limit: string; link: string };

/** The mail that tells an organization's owners and admins that its storage is filling up. */
export function StorageWarningMail({ organization, percent, used, limit, link }: StorageWarningMailProps) {
  return (
    <MailLayout
      preview={`${used} of ${limit} used`}
      heading={`Storage is ${percent}% full`}
      reason="This mail was sent to owners and admins, once each time that storage fills up this far."
    >
      <Text style={mailStyles.text}>
        The files of {organization} take {used} of {limit}. When the storage is full, new uploads are refused; everything that is there
        stays, and learners notice nothing.
      </Text>
      <Text style={mailStyles.text}>The storage page shows the largest files, those that nobody watches, and copies that could go.</Text>
      <MailButton href={link}>See what takes the space</MailButton>
    </MailLayout>
  );
}
