export default {
  // Workers in the default format cannot load chunks.
  worker: { format: "es" },
};
