import { scriptLine, scriptsOf } from '../../../model/kubernetes/containers';
import { Container } from '../../../model/kubernetes/workload';
import { asObjects, asText } from '../../../model/manifest';
import { mayHave } from '../../../model/spire/variables';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsDbPlaintext: Rule = {
  id: 'OPS-DB-PLAINTEXT',
  level: Level.WARNING,
  title: 'a dump of the database is taken without TLS',
  why: 'entries and password go over the network in plain',
  fix: 'set PGSSLMODE=verify-full and PGSSLROOTCERT',
  source: 'PostgreSQL libpq',
  check: (system, report) => {
    for (const { workload, container } of scriptsOf(system)) {
      if (!container.script.includes('pg_dump')) continue;
      const text = JSON.stringify(container.value);
      if (/spire/.test(text) && !/sslmode|PGSSLMODE/i.test(text) && !takesUrl(container) && !mayHave(system, workload, container, 'PGSSLMODE')) report.on(workload.manifest, scriptLine(workload, container, /pg_dump/), 'pg_dump without sslmode');
    }
  },
};

/** Whether the script takes the whole address of the database from elsewhere, where it may say how to connect. */
function takesUrl({ value, script }: Container): boolean {
  const written = asObjects(value.env).filter(({ valueFrom }) => valueFrom === undefined).map(({ name }) => asText(name));
  return [...script.matchAll(/\$\{?(\w*(?:URL|URI|DSN|CONN)\w*)/gi)].some(([, name]) => !written.includes(name) && !script.includes(`${name}=`));
}
