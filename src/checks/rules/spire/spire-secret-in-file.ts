import { Level } from '../../finding';
import { Rule } from '../../rule';
import { writtenSecrets } from '../../spire-secrets';

export const spireSecretInFile: Rule = {
  id: 'SPIRE-SECRET-IN-FILE',
  level: Level.WARNING,
  title: 'a secret is written into a configuration file',
  why: 'it is as open as the file: a ConfigMap made of it, or a repository that holds it, gives it to everybody',
  fix: 'write ${NAME} and run with -expandEnv, or give a path, or keep the whole file in a Secret',
  source: 'doc/plugin_server_datastore_sql.md',
  check: (system, report) => {
    for (const program of [...system.servers, ...system.agents].filter(({ text }) => !text.manifest)) {
      for (const { line, message } of writtenSecrets(program)) report.in(program.text, line, message);
    }
  },
};
