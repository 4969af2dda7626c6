// Requires common, listed-pages.
// Adds the light that reaches each listed page to the list, and resets the marks. One thread per place in the list.

@group(0) @binding(0) var<storage, read_write> marks: array<u32>;
@group(0) @binding(1) var<storage, read_write> listed: Listed;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  if (i >= min(atomicLoad(&listed.count), arrayLength(&listed.pages))) {
    return;
  }
  let page = listed.pages[i].number;
  listed.pages[i].light = marks[page];
  marks[page] = 0u;
}
