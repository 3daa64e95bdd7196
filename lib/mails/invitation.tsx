import { Link, Text } from "react-email";
import { MailButton } from "./mail-button";
import { MailLayout } from "./mail-layout";
import { mailStyles } from "./mail-styles";

/** All texts are ready to be shown: `inviter` "Ada Mills (ada@example.com)", `role` "an instructor", `expires` "seven days". */
export type InvitationMailProps = {
  organization: string;
  inviter: string;
  role: string;
  email: string;
  link: string;
  expires: string;
};

/** The mail that invites a person into an organization. */
export function InvitationMail({ organization, inviter, role, email, link, expires }: InvitationMailProps) {
  return (
    <MailLayout preview={`${inviter} invites you to learn with ${organization}`} heading={`Join ${organization}`}>
      <Text style={mailStyles.text}>
        {inviter} invites you to {organization} on Sidecar, as {role}.
      </Text>
      <MailButton href={link}>Accept the invitation</MailButton>
      <Text style={mailStyles.text}>
        There is no password to choose: you sign in with this address, {email}, and a code that is mailed to you. The invitation is good for{" "}
        {expires}.
      </Text>
      <Text style={mailStyles.quiet} data-skip-in-text="true">
        If the button does not work, copy this address into your browser:
        <br />
        <Link href={link} style={mailStyles.link}>
          {link}
        </Link>
      </Text>
      <Text style={mailStyles.quiet}>
        You did not expect this? Then you can ignore this mail. Nothing happens unless you accept, and nobody else can accept it for you.
      </Text>
    </MailLayout>
  );
}
