// Which filled voxels this camera can see, with their transmittance towards it. One thread a filled voxel;
// the visible ones are compacted and counted straight into the arguments of the indirect draw.

// Below this, a voxel cannot change an 8-bit pixel.
const HIDDEN = 1.0 / 512.0;

struct DrawArguments {
  index_count: u32,
  instance_count: atomic<u32>,
  first_index: u32,
  base_vertex: u32,
  first_instance: u32,
}

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> voxels: array<u32>;
@group(0) @binding(2) var<storage, read> filled: array<u32>;
@group(0) @binding(3) var<storage, read_write> visible: array<vec2u>;  // voxel, bits of its transmittance
@group(0) @binding(4) var<storage, read_write> draw: DrawArguments;

var<workgroup> local_visible: atomic<u32>;
var<workgroup> start: u32;

fn is_inside(cell: vec3i) -> bool {
  return all(cell >= vec3i(0)) && all(cell < vec3i(view.dims));
}

fn through(cell: vec3i) -> f32 {
  let a = alpha_of(voxels[offset(vec3u(cell), view.dims)]) * view.opacity;
  return (1.0 - a) * (1.0 - a);
}

// What may pass the slice at `cell`, across the direction's main axis, on the way from any point of the voxel:
// the clearest of the 3 x 3 cells that its rays can meet there.
fn clearest(cell: vec3i, main_axis: u32) -> f32 {
  var best = 0.0;
  for (var k = 0; k < 9; k++) {
    let lateral = vec2i(k % 3 - 1, k / 3 - 1);
    var q = cell;
    q[(main_axis + 1u) % 3u] += lateral.x;
    q[(main_axis + 2u) % 3u] += lateral.y;
    if (!is_inside(q)) {
      return 1.0;
    }
    best = max(best, through(q));
  }
  return best;
}

// Whether less than HIDDEN of `alpha` can reach the eye from any point of the voxel. Never says so of a voxel
// that shows: an upper bound of the transmittance, slice by slice. Between exploded voxels light passes anywhere.
fn is_hidden(cell: vec3i, alpha: f32) -> bool {
  if (view.side < 1.0) {
    return false;
  }
  let centre = vec3f(cell) + 0.5;
  let direction = towards_eye(view, centre);
  let reach = abs(direction);
  let main_axis = select(select(2u, 1u, reach.y >= reach.z), 0u, reach.x >= reach.y && reach.x >= reach.z);
  let step = direction / reach[main_axis];
  var bound = voxel_alpha(alpha);
  for (var k = 1.0; view.eye.w == 0.0 || k < reach[main_axis]; k += 1.0) {
    let next = vec3i(floor(centre + k * step));
    if (!is_inside(next)) {
      return false;
    }
    bound *= clearest(next, main_axis);
    if (bound < HIDDEN) {
      return true;
    }
  }
  return false;
}

// Product of (1 - alpha)^2 over the voxels between the centre of this one and the eye.
fn transmittance(from_cell: vec3i) -> f32 {
  let origin = vec3f(from_cell) + 0.5;
  let direction = towards_eye(view, origin);
  let step = vec3i(sign(direction));
  let delta = 1.0 / max(abs(direction), vec3f(1e-20));
  var next = 0.5 * delta;
  var cell = from_cell;
  var left = 1.0;
  loop {
    let t = min(next.x, min(next.y, next.z));
    if (view.eye.w == 1.0 && t >= 1.0) {
      break;
    }
    if (t == next.x) {
      cell.x += step.x;
      next.x += delta.x;
    } else if (t == next.y) {
      cell.y += step.y;
      next.y += delta.y;
    } else {
      cell.z += step.z;
      next.z += delta.z;
    }
    if (!is_inside(cell)) {
      break;
    }
    left *= through(cell);
    if (left < 1e-6) {
      break;
    }
  }
  return left;
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = element(id, groups);
  var keep = false;
  var place = 0u;
  var voxel = 0u;
  var weight = 0.0;
  if (i < view.filled) {
    voxel = filled[i];
    let cell = vec3i(position(voxel, view.dims));
    let alpha = alpha_of(voxels[voxel]) * view.opacity;
    keep = alpha > 0.0 && !is_hidden(cell, alpha);
    if (keep) {
      weight = transmittance(cell);
      place = atomicAdd(&local_visible, 1u);
    }
  }
  workgroupBarrier();
  if (local == 0u) {
    start = atomicAdd(&draw.instance_count, atomicLoad(&local_visible));
  }
  workgroupBarrier();
  if (keep) {
    visible[start + place] = vec2u(voxel, bitcast<u32>(weight));
  }
}
