import type { SeedCourse } from "./seed-types";

export const readingReports: SeedCourse = {
  slug: "reading-your-reports",
  title: "Reading your reports",
  summary: "What the monthly report says, what it can't say, and the one question to bring to our call.",
  description: `
    The report has one page. After this course you read it in two minutes and know which line deserves the other twenty-eight of our monthly
    half hour.`,
  level: "INTERMEDIATE",
  category: "Reporting",
  status: "PUBLISHED",
  thumbnail: "reading-reports.jpg",
  chapters: [
    {
      title: "The page",
      lessons: [
        {
          title: "Read the report in two minutes",
          video: "reading-the-monthly-report.mp4",
          body: `
            Begin at the bottom, where the money is, and go up.

            1. **Customers won**, and what one of them cost.
            2. **Visits booked**, and how many took place.
            3. **Conversations**: enquiries that somebody answered.
            4. **Enquiries**: people who left a way to reach them.
            5. **Clicks**, last, because they are the cheapest thing on the page.

            Look for the step with the largest drop. That is next month's work.`,
        },
        {
          title: "What an enquiry costs",
          body: `
            Cost per enquiry is what you spent divided by the people who got in touch. It is useful for comparing two campaigns of the same kind,
            and misleading for nearly everything else.

            An enquiry for a garden wall and one for a dripping tap cost the same to win and are not worth the same. That is why the report shows
            **cost per customer** in bold, and the other one beside it in grey.`,
        },
        {
          title: "Small numbers and patience",
          body: `
            Four enquiries last month and seven this month is not a rise of seventy-five per cent. It is three people.

            - Below **thirty** of anything, look at the list of names and not at the percentage.
            - Compare a month with the same month of last year before you compare it with the one before.
            - Change one thing at a time, and give it three weeks.`,
        },
      ],
    },
    {
      title: "The conversation",
      lessons: [
        {
          title: "Prepare for the monthly call",
          body: `
            Our call takes thirty minutes. It is a good one when you bring three things.

            - One thing that went well, so that we do more of it.
            - One enquiry that went nowhere, with its contact open on the screen.
            - One date: holidays, a fair, a new colleague. We plan around it.

            We bring the report, and a proposal for next month with its cost.`,
        },
        {
          title: "When the numbers disagree",
          body: `
            The advertising account says twenty conversions, the CRM says fourteen, and your diary says eleven. All three may be right.

            The first counts clicks on a button, the second counts people, and the third counts those who turned up. Decide once which of them you
            steer by. We recommend **people in the CRM**, because you can open each of them and look.`,
        },
      ],
    },
  ],
};

export const reviews: SeedCourse = {
  slug: "reviews-and-reputation",
  title: "Reviews and reputation",
  summary: "Ask at the right moment, answer every review, and sleep well after a bad one.",
  description: "A short course in preparation. The first lessons can be read by authors already; learners see it once it is published.",
  level: "BEGINNER",
  category: "Reputation",
  status: "DRAFT",
  thumbnail: "reviews.jpg",
  chapters: [
    {
      title: "Asking",
      lessons: [
        {
          title: "The right moment to ask",
          body: `
            Ask when the work is visible and the customer is standing in front of it. Not with the invoice, and not a month later.

            A text message within two hours, with your name and one link, is answered by about one in four. The same message after a week is
            answered by one in twenty.`,
        },
        {
          title: "Answer a bad review",
          body: `
            Wait an hour. Then write three sentences: thank them for saying it, say what you will look into, and give a direct number.

            You are not writing to the person who complained. You are writing to the next hundred who read it.`,
        },
      ],
    },
  ],
};
