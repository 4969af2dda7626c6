export default {
  // Workers of the default format cannot load chunks.
  worker: { format: "es" },
};
