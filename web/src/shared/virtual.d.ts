declare module "virtual:outline" {
  import type { GeometryCollection, Topology } from "topojson-specification";

  const topology: Topology<{ countries: GeometryCollection }>;
  export default topology;
}
