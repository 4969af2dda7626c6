// Requires nothing. Defines note, for passes that do not record which pages they need.

fn note(page: u32, is_seen: bool) {}
