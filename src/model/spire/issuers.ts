import { once } from '../once';
import type { System } from '../system';
import { spireChart } from './charts';
import { isUnknown } from './queries';

/** The issuers of JWT-SVIDs that servers and values of the chart name. */
export const spireIssuers = once((system: System): string[] => {
  const given = [...system.servers.map(server => server.config?.server.text('jwt_issuer') ?? ''), spireChart(system)?.jwtIssuer ?? ''];
  return [...new Set(given.filter(issuer => issuer !== '' && !isUnknown(issuer)))];
});
