/** A picture in a page, in the sizes that were made of it. */
export type Picture = {
  /** Its largest size */
  url: string;
  /** For `srcset`: every size with its width */
  srcSet: string;
  /** Of the largest size; pixels */
  width: number;
  height: number;
  /** A tiny copy to show until it has arrived */
  blurDataUrl: string | null;
};
