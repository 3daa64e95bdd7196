import type { SeedCourse } from "./seed-types";

export const welcome: SeedCourse = {
  slug: "welcome-to-harbour-and-pine",
  title: "Welcome to Harbour & Pine",
  summary: "Your first three weeks with us: what we need, what you get, and who to call.",
  description: `
    You have signed, and now you would like to know what happens. This course is the answer, in the order in which it happens. It takes about
    forty minutes, spread over your first week.`,
  level: "BEGINNER",
  category: "Onboarding",
  status: "PUBLISHED",
  thumbnail: "welcome-aboard.jpg",
  chapters: [
    {
      title: "Before we begin",
      lessons: [
        {
          title: "Welcome aboard",
          video: "welcome-aboard.mp4",
          body: `
            Three weeks from now, enquiries will arrive in one inbox, visits will book themselves, and you will know what they cost. Here is how we
            get there.

            - **Week one** is about access: calendar, telephone number, website.
            - **Week two** is about words: you correct ours until they sound like yours.
            - **Week three** is live, with us beside you.

            You will have one contact here, from the first day on. Their name and number are in the welcome mail.`,
        },
        {
          title: "Your first ten minutes",
          attachments: ["first-week-checklist.pdf"],
          body: `
            Do these three things now. Everything else can wait until tomorrow.

            1. Sign in, and change the name in your account to the one that customers know.
            2. Connect your calendar. Choose the one that you really use.
            3. Write down the hours in which you would like **not** to be booked.

            The checklist below covers the rest of the week. Print it or keep it on your phone.`,
        },
      ],
    },
    {
      title: "Working together",
      lessons: [
        {
          title: "Who does what",
          body: `
            We write, build, measure and propose. You decide, answer your customers, and tell us when something sounds wrong.

            - Questions about your page or campaign: your contact, by mail, answered within a working day.
            - Something is broken: the telephone, at once.
            - An idea at eleven at night: write it into the shared list. We read it on Thursdays.`,
        },
        {
          title: "Invite your colleagues",
          body: `
            Two colleagues are enough for the beginning: one who answers enquiries and one who keeps the calendar. Give each their own sign-in.
            A shared one saves a minute and costs you the history of who promised what.

            > People who leave are removed in the same place, on the same day.`,
        },
        {
          title: "How we measure success",
          body: `
            On the first Monday of each month you receive one page. It has three numbers: enquiries, visits, customers. We agreed on a goal for
            the third one before we began, and that is the one we are judged by.`,
        },
      ],
    },
  ],
};

export const booking: SeedCourse = {
  slug: "booking-calendar-and-reminders",
  title: "Booking calendar and reminders",
  summary: "Let customers book by themselves, at times that suit you, and make sure that they come.",
  description: "Set up a calendar that people like to use, with room between visits and reminders that halve the number of empty chairs.",
  level: "BEGINNER",
  category: "Calendar",
  status: "PUBLISHED",
  thumbnail: "booking-calendar.jpg",
  chapters: [
    {
      title: "Set it up",
      lessons: [
        {
          title: "Set up your booking calendar",
          video: "set-up-your-calendar.mp4",
          body: `
            An empty week looks like an empty restaurant. Show two clear blocks a day, and people choose faster.

            - Begin with the visits that you do most often. One kind of visit is one calendar.
            - Leave **fifteen minutes** between visits, thirty when you drive.
            - Close the calendar four hours ahead, so that nobody books the visit you can't reach.

            When you are done, book a visit with yourself, and then move it.`,
        },
        {
          title: "Holidays, lunch and other exceptions",
          body: `
            Connect the calendar in which your private appointments are. It is only asked for busy or free; the titles stay with you.

            Enter holidays as soon as you know them. A visit that has to be moved costs two calls and some goodwill.`,
        },
        {
          title: "Put the calendar where people look",
          body: `
            Three places bring nine of ten bookings.

            1. The button at the top of your website, on every page.
            2. The reply that goes out when you miss a call.
            3. The signature under your emails.

            The link is the same everywhere. Copy it from the calendar's share button, not from the address bar.`,
        },
      ],
    },
    {
      title: "Make sure they come",
      lessons: [
        {
          title: "Reminders that help",
          body: `
            Send two: one on the day before, in the late afternoon, and one two hours ahead. The first gives people time to move the visit, the
            second brings them to your door.

            - Name the day **and** the hour. "Tomorrow" is wrong for those who read it tomorrow.
            - Include the address as a link to a map.
            - Offer to move the visit, in the same message. An honest "can't make it" is worth an hour to you.`,
        },
        {
          title: "After a visit that did not happen",
          body: `
            Wait ten minutes, then send the friendly message: "We had you down for ten o'clock. Shall we find another time?" Half of them book
            again within a day.

            After the second time, ask for a call first. After the third, be kind, and let it be.`,
        },
      ],
    },
  ],
};

export const enquiries: SeedCourse = {
  slug: "answering-enquiries-well",
  title: "Answering enquiries well",
  summary: "Be quick, be clear, ask one question. How to turn a message at nine in the evening into a visit.",
  description: "Five short lessons on what to write, what to say, and when to stop. With replies that you may copy and make your own.",
  level: "INTERMEDIATE",
  category: "Sales",
  status: "PUBLISHED",
  thumbnail: "answering-enquiries.jpg",
  chapters: [
    {
      title: "The first answer",
      lessons: [
        {
          title: "Five minutes, not five hours",
          body: `
            People who get an answer within five minutes are many times more likely to book than those who wait until the afternoon. They have
            the phone in their hand, and the next firm is one thumb away.

            You can't always be that quick, so let the system send the first line: who you are, when you will answer, and a link to the calendar
            for those in a hurry. Then keep the promise.`,
        },
        {
          title: "Ask one question",
          body: `
            A good answer ends with one question that is easy to answer. Two questions get half an answer, and three get none.

            - "Is it the front or the back of the house?"
            - "Would Tuesday at four or Wednesday at nine suit you better?"
            - "Shall I bring samples, or look first?"`,
        },
        {
          title: "When they ask for the price",
          body: `
            They ask because it is the only question they know. Give a range, say what decides it, and offer the visit.

            > "Most kitchens like yours are between two and three thousand. It depends on the pipes behind the wall. I can look on Thursday; it
            > takes twenty minutes and costs nothing."

            Never answer with "it depends" alone. It is true, and it ends conversations.`,
        },
      ],
    },
    {
      title: "Following up",
      lessons: [
        {
          title: "Three friendly reminders",
          body: `
            No answer is rarely a no. Write after two days, after a week, and after a month. Each time with something new: a photo, a free date,
            an answer to a question that others asked.

            After the third, close the enquiry with a reason. The contact stays; the worry goes.`,
        },
        {
          title: "Hand over without dropping",
          body: `
            When an enquiry changes hands, the next person should not have to ask anything again.

            1. Assign the conversation to your colleague.
            2. Write one internal note: what they want, what you promised, by when.
            3. Tell the customer the new name before the new name calls.`,
        },
      ],
    },
  ],
};
