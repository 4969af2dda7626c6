/** The other programs' packages: they are installed when they are measured, and have no types here. */

declare module "@kitware/vtk.js/*";
declare module "@niivue/niivue";
declare module "three";
declare module "three/*";
