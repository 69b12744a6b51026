/** The outline of the UK and its neighbours on a map, and the way from coordinates to places on it. */

import { type GeoProjection, geoMercator, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import topology from "virtual:outline";
import { svg } from "./dom";

const countries = feature(topology, topology.objects.countries);

/** Corners of the part that is shown, as longitude and latitude. */
export interface Frame {
  west: number;
  south: number;
  east: number;
  north: number;
}

export const UNITED_KINGDOM: Frame = { west: -8.7, south: 49.8, east: 2.1, north: 59.5 };

/** Return the projection that fits a frame into a picture. */
export function projectionOf(frame: Frame, width: number, height: number, margin = 4): GeoProjection {
  const { west, south, east, north } = frame;
  const corners = {
    type: "MultiPoint" as const,
    coordinates: [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ],
  };
  return geoMercator().fitExtent(
    [
      [margin, margin],
      [width - margin, height - margin],
    ],
    corners,
  );
}

/** Return the outline as an SVG group. */
export function outlineGroup(projection: GeoProjection): SVGGElement {
  const path = geoPath(projection).digits(1);
  const shapes = countries.features.map((country) => svg("path", { d: path(country) ?? "" }));
  return svg("g", { class: "outline", "aria-hidden": "true" }, ...shapes);
}
