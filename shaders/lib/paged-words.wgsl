// Requires nothing. Defines RESIDENT, CONSTANT, EMPTY_PAGE: flags of a word of the page table, which is 0 for a page that
// is unknown.

const RESIDENT = 0x80000000u;    // bits 0 to 17: its place in the pool, in pages, 6 bits per axis
const CONSTANT = 0x40000000u;    // bits 0 to 23: index of its code among the codes of constant pages
const EMPTY_PAGE = 0x20000000u;  // no voxel is filled
