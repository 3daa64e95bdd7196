import type { SeedCourse } from "./seed-types";

export const crmBasics: SeedCourse = {
  slug: "getting-started-with-your-crm",
  title: "Getting started with your CRM",
  summary: "One place for every enquiry. Set it up in an afternoon, and know what to do with it on Monday.",
  description: `
    Most enquiries are not lost to a competitor. They are lost to a notebook, a missed call and a busy Thursday. This course sets up the one
    place where all of them arrive, and the three habits that keep it useful.

    - For owners and office managers who will work with the CRM every day
    - About ninety minutes, in pieces of five to ten
    - You need your sign-in, and a phone nearby for one test call`,
  level: "BEGINNER",
  category: "CRM",
  status: "PUBLISHED",
  thumbnail: "crm-basics.jpg",
  chapters: [
    {
      title: "Why and where",
      lessons: [
        {
          title: "What a CRM is for",
          video: "what-a-crm-is-for.mp4",
          body: `
            A CRM is a memory that the whole office shares. It answers three questions without anybody having to ask: who is this, what did we
            promise, and what happens next.

            ## What changes for you

            - A call, a form and a message from the same person become **one contact** with one history.
            - Every open enquiry has a next step with a date, or it is closed.
            - When somebody becomes a customer, you can see which advert or recommendation brought them.

            > If it is not in the CRM, it did not happen. It sounds strict, and it is what makes the numbers true.`,
        },
        {
          title: "Find your way around the screen",
          body: `
            You will use four places. Everything else can wait.

            1. **Conversations** is the inbox: calls, texts, emails and messages from social networks, newest first.
            2. **Contacts** is the card index. Search by name, number or the town somebody mentioned.
            3. **Opportunities** is the board. One column for each step from enquiry to customer.
            4. **Calendar** is where visits are booked, by you or by the customer.

            Open each of them once now. Then come back and mark this lesson as done.`,
        },
        {
          title: "Your account and your notifications",
          body: `
            Spend five minutes here and you save yourself a week of noise.

            - Set your name and photo: customers see both in emails.
            - Turn on the notification for **new conversations assigned to me**.
            - Turn off the notification for everything else, at least for the first month.

            ## On your phone

            Install the app and sign in with the same address. Call yourself from another phone: the call should ring, and should be in
            Conversations within a minute. If it is not, write to us before you go on.`,
        },
      ],
    },
    {
      title: "Contacts worth having",
      lessons: [
        {
          title: "Bring your contacts across",
          body: `
            You can import a spreadsheet of any size, but a small clean list is worth more than a large one.

            1. Keep the columns for name, phone, email and town. Delete the rest.
            2. Delete everybody you have not spoken to for three years.
            3. Add a column called **source** and fill in where each person came from, even when it is only "before 2026".
            4. Save as CSV and choose Contacts, then Import.

            The import shows what it understood before it changes anything. Phone numbers without a country are read as local ones.`,
        },
        {
          title: "Tags, fields and when to use which",
          body: `
            People ask this more than anything else, so here is the rule.

            - A **field** holds an answer: date of birth, boiler model, preferred day.
            - A **tag** marks membership of a group for a while: newsletter, open house, awaiting quote.

            If the answer can only ever be one thing, it is a field. If somebody may carry several at once, they are tags.

            > Ten tags that everybody understands beat a hundred that one person understood last spring.`,
        },
        {
          title: "Permission to write to people",
          body: `
            You may answer anybody who asked you something. To write to people who did not ask, you need their consent, and you need to be able
            to show when and how they gave it.

            - Forms made in the CRM store consent with the date and the wording.
            - An imported list has no consent unless its column says so.
            - Anybody who writes STOP is left alone from then on. The CRM does this by itself; do not undo it.

            This is not legal advice. When in doubt, ask before you send.`,
        },
      ],
    },
    {
      title: "Everyday habits",
      lessons: [
        {
          title: "The five-minute morning",
          body: `
            Every working day begins with the same five minutes.

            1. Open Conversations and answer, assign or close everything from overnight.
            2. Open Opportunities and look at the first column only: is there anybody in it from before yesterday?
            3. Open your tasks and move what you will not do today to the day you will.

            That is all. If it takes longer, the enquiries are the reason, and that is a good problem to have.`,
        },
        {
          title: "Move an opportunity without losing it",
          body: `
            The board is only as honest as its columns. Move a card when something **happened**, not when you hope that it will.

            - Enquiry to conversation: they answered.
            - Conversation to visit: a date is in the calendar.
            - Visit to quote: the quote was sent, and is attached.
            - Quote to won or lost: they said so.

            ## Lost is not failure

            Close what is lost, and choose a reason. After three months the reasons are the best marketing advice you will ever get for free.`,
        },
      ],
    },
  ],
};
