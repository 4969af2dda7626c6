// Requires nothing. Defines Listed: pages with the light that reaches them.

struct ListedPage {
  number: u32,
  light: u32,
}

struct Listed {
  count: atomic<u32>,  // may exceed the length of the list
  pages: array<ListedPage>,
}
