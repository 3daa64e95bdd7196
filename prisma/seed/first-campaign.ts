import type { SeedCourse } from "./seed-types";

export const firstCampaign: SeedCourse = {
  slug: "your-first-campaign",
  title: "Your first campaign",
  summary: "From an idea on a napkin to the first replies: one offer, one group, one page, one week.",
  description: `
    A first campaign should be small enough to finish and clear enough to learn from. We build one together: an email and two text messages to
    people who already know you.

    You will need a list of at least fifty contacts with consent, and two free hours on the day of sending.`,
  level: "BEGINNER",
  category: "Marketing",
  status: "PUBLISHED",
  thumbnail: "first-campaign.jpg",
  chapters: [
    {
      title: "Decide",
      lessons: [
        {
          title: "Plan a campaign in three decisions",
          video: "your-first-campaign.mp4",
          body: `
            Before you open the builder, write three sentences on paper.

            1. **Who is it for?** Name a group that you could call one by one if you had to.
            2. **What do you offer them?** Something small that is easy to accept: a check, a tasting, a first visit.
            3. **What happens when they say yes?** Who answers, how fast, and with which words.

            If one of the sentences needs an "and", it is two campaigns.`,
        },
        {
          title: "Choose an offer that is easy to accept",
          body: `
            A discount is the first idea and rarely the best one. It teaches people to wait for the next one.

            - **Take a worry away.** "We look at your roof and send photos. You decide in your own time."
            - **Make it quick.** "Fifteen minutes, on the phone, this week."
            - **Make it finite.** "Twelve places, because that is how many visits fit into October."

            Read your offer aloud to somebody who does not work with you. If they ask what it costs, you are nearly there. If they ask what it
            is, begin again.`,
        },
        {
          title: "Build the list",
          body: `
            Open Contacts and filter: has consent, tag is not "do not contact", last activity within two years. Then add the one condition that
            makes it **this** group: the town, the product, the season.

            Save the filter as a list with a name that contains the month. You will be grateful in December.

            > Fewer than fifty people? Send it by hand, as personal messages. It will work better than any campaign.`,
        },
      ],
    },
    {
      title: "Make it and send it",
      lessons: [
        {
          title: "Write an email that gets an answer",
          attachments: ["campaign-checklist.pdf"],
          body: `
            Write it as you would write to one person. Then take out a third.

            - The **subject** says what is inside. No riddles, no capitals.
            - The **first line** says why they are hearing from you.
            - The **middle** says what you offer, and until when.
            - The **end** asks one question that can be answered with a single word.

            Sign with your own name, not with the company's. The checklist below fits on one page; print it and keep it at the screen.`,
        },
        {
          title: "Test it like a customer",
          body: `
            Send the campaign to yourself and to a colleague, and open it on a phone, outside, with one hand.

            1. Can you read the first two lines without opening it?
            2. Does the button lead where it says?
            3. Fill in the form with your own details. Does the answer arrive, and does your board show a new card?
            4. Delete the test card.

            Now wait an hour and read it once more. You will find the mistake that everybody finds after sending.`,
        },
        {
          title: "The first two hours after sending",
          body: `
            Most answers come within two hours, and most of those people have written to somebody else as well. The one who replies first usually
            gets the visit.

            - Keep the two hours free. Do not send on the way to a meeting.
            - Answer each message with a question and two possible dates.
            - Move every reply on the board as it comes in.

            On the next day, send the reminder only to those who opened the email and did not answer. Then leave it.`,
        },
      ],
    },
  ],
};
