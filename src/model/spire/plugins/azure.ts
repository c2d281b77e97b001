import { Report } from './plugin-kind';
import { UNKNOWN } from '../problems';

/** Azure's own library refuses a tenant with other characters before it asks anybody. */
export function checkTenantId(id: string, report: Report, key: string): void {
  if (id !== '' && !id.includes(UNKNOWN) && !/^[0-9A-Za-z.-]+$/.test(id)) report(`tenant "${id}" has characters other than letters, digits, dots and dashes`, key);
}
