/** Packages of the other programs. They are installed for the measurement and have no types here. */

declare module "@kitware/vtk.js/*";
declare module "@niivue/niivue";
declare module "three";
declare module "three/*";
