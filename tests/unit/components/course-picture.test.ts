import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { CoursePicture } from "@/components/learner-course/course-picture";

const picture = {
  url: "https://files.example.test/a-w640.webp",
  srcSet: "https://files.example.test/a-w320.webp 320w, https://files.example.test/a-w640.webp 640w",
  width: 640,
  height: 360,
  blurDataUrl: "data:image/webp;base64,AAAA",
};
const render = (props: { picture: typeof picture | null; priority?: boolean }) =>
  renderToStaticMarkup(createElement(CoursePicture, { title: "First steps", sizes: "50vw", ...props }));

test("a picture leaves its size to the browser, keeps its place free and shows its tiny copy before", () => {
  const html = render({ picture });
  expect(html).toContain(`srcSet="${picture.srcSet}"`);
  expect(html).toContain('sizes="50vw"');
  expect(html).toContain('width="640" height="360"');
  expect(html).toContain("background-image:url(data:image/webp;base64,AAAA)");
  expect(html).not.toContain("<script");
});

test("only the picture that the page is judged by is fetched at once", () => {
  expect(render({ picture })).toContain('loading="lazy"');
  expect(render({ picture })).not.toContain("fetchPriority");
  expect(render({ picture, priority: true })).toContain('loading="eager"');
  expect(render({ picture, priority: true })).toContain('fetchPriority="high"');
});

test("a course without a picture shows its first letter", () => {
  expect(render({ picture: null })).not.toContain("<img");
  expect(render({ picture: null })).toContain(">F<");
});
