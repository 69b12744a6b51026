/** The network as the site publishes it; made by `ccin_graph.publish.explore_data`. */

import { fetched } from "../shared/fetched";

export interface Named {
  iri: string;
  label: string;
  /** Path of its page, from the top of the site. */
  path: string;
}

export type Place = [x: number, y: number];

export interface Organisation extends Named {
  kind: string;
  region: string;
  /** 0 where it belongs to none. */
  community: number;
  at: Place;
}

export interface Project extends Named {
  themes: number[];
  principles: number[];
  at: Place;
}

export interface Publication extends Named {
  year: number;
}

export interface Role {
  label: string;
  working: boolean;
}

/** Numbers of an organisation, a project, a role and a publication; the page where it stands, and its lines. */
export type Claim = [organisation: number, project: number, role: number, publication: number, page: string, lines: string];

export interface Network {
  organisations: Organisation[];
  projects: Project[];
  publications: Publication[];
  roles: Role[];
  themes: Named[];
  principles: Named[];
  claims: Claim[];
  /** Pairs of organisations whose tie is more than chance; null where that was not tested. */
  validated: [number, number][] | null;
}

export async function networkAt(address: string): Promise<Network> {
  return (await (await fetched("The network", address)).json()) as Network;
}
