/** trimmedPdf: gives a printed PDF its exact size. */

/** Number of points in an inch. */
const POINTS = 72;
/** The object of a page that a box follows, and the box. */
const PAGE =
  /\n(\d+) 0 obj\n(<<\/Type \/Page\n(?:(?!\nendobj)[\s\S])*?)\/MediaBox ?\[0 0 [\d.]+ ([\d.]+)\]((?:(?!\nendobj)[\s\S])*)\nendobj/;
const TRAILER = /\ntrailer\n<<([^>]*)>>\nstartxref\n(\d+)\n%%EOF\s*$/;

/**
 * A PDF of one page with exactly this size in inches. Chromium rounds pages up to whole points; what it adds at the right
 * and at the bottom is cut off, by an incremental update with another page object (PDF 1.7, 7.5.6). A PDF with another
 * structure stays unchanged.
 */
export function trimmedPdf(pdf: Buffer, width: number, height: number): Buffer {
  const text = pdf.toString("latin1");
  const [page, number, before, pageHeight, after] = PAGE.exec(text) ?? [];
  const [trailer, entries, position] = TRAILER.exec(text) ?? [];
  if (!page || !trailer) return pdf;
  const [right, top, bottom] = [POINTS * width, Number(pageHeight), Number(pageHeight) - POINTS * height];
  const box = [0, bottom, right, top].map((value) => Number(value.toFixed(4))).join(" ");
  const object = `${number} 0 obj\n${before}/MediaBox [${box}]${after}\nendobj\n`;
  const start = pdf.length + 1;
  const table = `xref\n${number} 1\n${String(start).padStart(10, "0")} 00000 n \n`;
  const end = `trailer\n<<${entries}\n/Prev ${position}>>\nstartxref\n${start + object.length}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(`\n${object}${table}${end}`, "latin1")]);
}
