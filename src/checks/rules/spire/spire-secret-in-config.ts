import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { hasPassword, writtenSecrets } from '../../spire-secrets';

export const spireSecretInConfig: Rule = {
  id: 'SPIRE-SECRET-IN-CONFIG',
  level: Level.ERROR,
  title: 'a secret is written into a ConfigMap or a custom resource',
  why: 'everybody who may read them has it, and it stands in Git',
  fix: 'put it into a Secret, and write ${NAME} with -expandEnv, or give a path',
  source: 'doc/plugin_server_datastore_sql.md',
  check: (system, report) => {
    for (const program of [...system.servers, ...system.agents]) {
      if (!program.text.manifest || program.text.manifest.kind === 'Secret') continue;
      for (const { line, message } of writtenSecrets(program)) report.in(program.text, line, message);
    }
    for (const server of system.all('SpireServer').filter(({ group }) => group === 'operator.openshift.io')) {
      if (hasPassword(asText(asObject(server.spec.datastore).connectionString))) report.at(server, ['spec', 'datastore', 'connectionString'], 'the connection string holds a password', 'let the database know the server by a client certificate (tlsSecretName), or by the role of its cloud');
    }
  },
};
