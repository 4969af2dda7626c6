/** Recognises DICOM files (PS3.10, section 7.1), also without preamble and file meta information. */

/** Value representations of the elements that come first in a file. */
const FIRST_VRS = /^(UL|UI|CS|DA|TM|DT|SH|LO|OB)$/;

/** Whether the first bytes are those of DICOM: "DICM" after 128 bytes, or else an element of group 2 or 8. */
export function isDicom(head: Uint8Array): boolean {
  const text = (start: number, end: number) => String.fromCharCode(...head.subarray(start, end));
  if (text(128, 132) === "DICM") return true;
  const bigEndian = head[0] === 0;
  const [group, high] = bigEndian ? [head[1], head[0]] : head;
  if (head.length < 132 || high !== 0 || (group !== 2 && group !== 8) || head[bigEndian ? 2 : 3] !== 0)
    return false;
  if (FIRST_VRS.test(text(4, 6))) return true;
  // Implicit value representation: a short value, then another element of the group.
  const [length, ...rest] = head.subarray(4, 8);
  const next = 8 + length;
  return rest.every((byte) => byte === 0) && length < 120 && head[next] === group && head[next + 1] === 0;
}
