// Where the planes between voxels lie and how much light a voxel takes, for the grid that the scalar pipeline makes:
// planes at whole numbers, and all faces are drawn. explicit.wgsl has the same functions for a grid of one's own.
// Wants `view` to be bound.

// The planes through the low corner of a cell.
fn planes(cell: vec3i) -> vec3f {
  return vec3f(cell);
}

// The cell of a point.
fn cell_at(point: vec3f) -> vec3i {
  return vec3i(floor(point));
}

fn holds(cell: vec3i, point: vec3f) -> bool {
  return all(cell == cell_at(point));
}

// The alpha of the two faces through which a ray passes.
fn veil(ray: Ray, cell: vec3i, word: u32) -> f32 {
  return voxel_alpha(alpha_of(word) * view.opacity);
}
