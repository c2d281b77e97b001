import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsPlainPassword: Rule = {
  id: 'OPS-PLAIN-PASSWORD',
  level: Level.WARNING,
  title: 'a database password is written into Helm values',
  why: 'it stands in Git, and everybody who may read releases has it',
  fix: 'use externalSecret',
  source: 'helm-charts-hardened values',
  check: (system, report) => {
    for (const values of system.spireValues) {
      const sql = asObject(asObject(asObject(values.value['spire-server']).dataStore).sql);
      if (/:\/\/[^:/@]+:[^@$]+@/.test(asText(sql.connectionString))) report.at(values, ['spire-server', 'dataStore', 'sql', 'connectionString'], 'the connection string holds a password');
      if (asText(sql.password) !== '' && !asText(sql.password).includes('$')) report.at(values, ['spire-server', 'dataStore', 'sql', 'password'], 'the password is plain text');
    }
  },
};
