// The first picture stays hidden behind its poster until the button is pressed.

const held = document.querySelector(".held");
const viewer = held.querySelector("voxel-volume");

held.querySelector("button").addEventListener("click", ({ target }) => {
  viewer.dismissPoster();
  viewer.autoRotate = true;
  target.remove();
});
