// Which faces this camera can see: of the voxels that were seen, those towards the eye that enough light can
// reach it from. One thread a voxel; the faces are compacted and counted straight into the indirect draw.

struct DrawArguments {
  index_count: u32,
  instance_count: atomic<u32>,
  first_index: u32,
  base_vertex: u32,
  first_instance: u32,
}

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> voxels: array<u32>;
@group(0) @binding(2) var<storage, read> seen: array<u32>;
@group(0) @binding(3) var<storage, read> seen_count: u32;
@group(0) @binding(4) var<storage, read_write> visible: array<u32>;  // 4 * voxel + axis of the face
@group(0) @binding(5) var<storage, read_write> draw: DrawArguments;

var<workgroup> local_visible: atomic<u32>;
var<workgroup> start: u32;

fn is_inside(cell: vec3i) -> bool {
  return all(cell >= vec3i(0)) && all(cell < vec3i(view.dims));
}

fn through(cell: vec3i) -> f32 {
  if (!is_inside(cell)) {
    return 1.0;
  }
  let a = alpha_of(voxels[offset(vec3u(cell), view.dims)]) * view.opacity;
  return (1.0 - a) * (1.0 - a);
}

// Whether less than HIDDEN of the face across `axis` of a voxel with `alpha` can reach the eye, from any of its
// points. Never says so of a face that shows, for it follows an upper bound: all rays of the face pass through
// the neighbour it touches, and then, slice by slice along their main axis, at best through the clearest of the
// cells that they meet in the middle of the slice.
fn is_hidden(cell: vec3i, axis: u32, alpha: f32) -> bool {
  // Between exploded voxels light passes anywhere.
  if (view.side < 1.0) {
    return false;
  }
  let direction = towards_eye(view, vec3f(cell) + 0.5);
  let toward = vec3i(select(vec3f(-1.0), vec3f(1.0), direction > vec3f(0.0)));
  var neighbour = cell;
  neighbour[axis] += toward[axis];
  var bound = voxel_alpha(alpha) * through(neighbour);

  let reach = abs(direction);
  let main_axis = select(select(2u, 1u, reach.y >= reach.z), 0u, reach.x >= reach.y && reach.x >= reach.z);
  let slope = direction / reach[main_axis];
  var half = vec3f(0.5);
  half[axis] = 0.0;
  var origin = vec3f(cell) + 0.5;
  origin[axis] += 0.5 * f32(toward[axis]);
  let u = (main_axis + 1u) % 3u;
  let v = (main_axis + 2u) % 3u;
  let width_u = half[u] + abs(slope[u]) * half[main_axis];
  let width_v = half[v] + abs(slope[v]) * half[main_axis];
  // The neighbour across the main axis is a slice of its own.
  for (var k = select(1, 2, axis == main_axis); bound >= HIDDEN; k++) {
    var slice = cell[main_axis] + k * toward[main_axis];
    let along = abs(f32(slice) + 0.5 - origin[main_axis]);
    if (slice < 0 || slice >= i32(view.dims[main_axis]) || (view.eye.w == 1.0 && along >= reach[main_axis])) {
      return false;
    }
    let centre = origin + along * slope;
    let low_u = i32(floor(centre[u] - width_u));
    let high_u = i32(floor(centre[u] + width_u));
    let low_v = i32(floor(centre[v] - width_v));
    let high_v = i32(floor(centre[v] + width_v));
    var clearest = 0.0;
    var q = vec3i(0);
    q[main_axis] = slice;
    for (var i = low_u; i <= high_u; i++) {
      for (var j = low_v; j <= high_v; j++) {
        q[u] = i;
        q[v] = j;
        clearest = max(clearest, through(q));
      }
    }
    bound *= clearest;
  }
  return true;
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = element(id, groups);
  var voxel = 0u;
  var faces = 0u;  // a bit an axis
  if (i < seen_count) {
    voxel = seen[i];
    let cell = vec3i(position(voxel, view.dims));
    let alpha = alpha_of(voxels[voxel]) * view.opacity;
    let reach = abs(towards_eye(view, vec3f(cell) + 0.5));
    for (var axis = 0u; axis < 3u; axis++) {
      // With the eye between a face and the opposite one, neither looks at it.
      let looks_at_eye = reach[axis] > view.eye.w * 0.5 * view.side;
      if (looks_at_eye && alpha > 0.0 && !is_hidden(cell, axis, alpha)) {
        faces |= 1u << axis;
      }
    }
  }
  var place = atomicAdd(&local_visible, countOneBits(faces));
  workgroupBarrier();
  if (local == 0u) {
    start = atomicAdd(&draw.instance_count, atomicLoad(&local_visible));
  }
  workgroupBarrier();
  for (var axis = 0u; axis < 3u; axis++) {
    if ((faces & (1u << axis)) != 0u) {
      visible[start + place] = 4u * voxel + axis;
      place++;
    }
  }
}
